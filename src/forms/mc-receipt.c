/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-receipt.h"

#include "mc-field.h"
#include "mc-fit.h"
#include "mc-form-head.h"
#include "mc-form-private.h"
#include "mc-parts-table.h"
#include "mc-signature.h"

#define TITLE "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
#define TITLE_LINES "GIẤY TIẾP NHẬN HỒ SƠ\nVÀ HẸN TRẢ KẾT QUẢ"
#define TIME_BLANK "....... giờ ....... phút, " MC_FORM_DATE_BLANK
/* Between paragraphs; the small one where that spares the applicant a second sheet. */
#define GAP 6.0
#define NOTES_SIZE 11.0

/* Form 01, TT 03/2025: who gave the mandate, and by what paper. */
static void
add_principal (McFlow *flow, double gap, const McReceiptData *data)
{
  const McFieldPair phone = { "Số điện thoại người ủy quyền:", data->principal_phone };
  const McFieldPair email = { "Email:", data->principal_email };

  mc_field_add (flow, gap, "Nộp theo ủy quyền của:", data->principal, MC_FACE_BOLD, FALSE);
  mc_field_add (flow,
                gap,
                "Số định danh người ủy quyền:",
                data->principal_identity,
                MC_FACE_PLAIN,
                FALSE);
  mc_field_add (flow,
                gap,
                "Địa chỉ người ủy quyền:",
                data->principal_address,
                MC_FACE_PLAIN,
                FALSE);
  mc_field_add_pair (flow, gap, 0.55, &phone, &email, FALSE);
  mc_field_add (flow, gap, "Giấy ủy quyền:", data->mandate, MC_FACE_PLAIN, FALSE);
}

/* Its legal representative needs no mandate: the line stands only where one was named. */
static void
add_hander (McFlow *flow, double gap, const McReceiptData *data)
{
  mc_field_add (flow, gap, "Người nộp hồ sơ:", data->hander, MC_FACE_PLAIN, FALSE);
  if (mc_field_filled (data->mandate))
    mc_field_add (flow, gap, "Giấy ủy quyền/giấy giới thiệu:", data->mandate, MC_FACE_PLAIN, FALSE);
}

static void
add_applicant (McFlow *flow, double gap, const McReceiptData *data)
{
  const McFieldPair phone = { "Số điện thoại:", data->phone };
  const McFieldPair email = { "Email:", data->email };

  mc_field_add (flow, GAP, "Đơn vị tiếp nhận:", data->head->office, MC_FACE_PLAIN, FALSE);
  mc_field_add (flow,
                gap,
                "Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức:",
                data->applicant,
                MC_FACE_BOLD,
                FALSE);
  mc_field_add (flow, gap, "Số định danh cá nhân/tổ chức:", data->identity, MC_FACE_PLAIN, FALSE);
  mc_field_add (flow, gap, "Địa chỉ:", data->address, MC_FACE_PLAIN, FALSE);
  mc_field_add_pair (flow, gap, 0.45, &phone, &email, FALSE);
  if (data->hander != NULL)
    add_hander (flow, gap, data);
  if (data->principal != NULL)
    add_principal (flow, gap, data);
}

static void
add_children (McFlow *flow, double gap, const McReceiptData *data)
{
  if (data->children->len > 0)
    mc_field_add_heading (flow, gap, "Gồm các thủ tục liên thông:");
  for (guint i = 0; i < data->children->len; i++)
    {
      const McReceiptChild *child = g_ptr_array_index (data->children, i);

      mc_field_add (flow, gap, child->title, child->answer, MC_FACE_PLAIN, FALSE);
    }
}

static const char *
or_blank (const char *time)
{
  return mc_field_filled (time) ? time : TIME_BLANK;
}

static void
add_term (McFlow *flow, double gap, const McReceiptData *data)
{
  mc_field_add (flow, gap, "Thời gian giải quyết theo quy định:", data->term, MC_FACE_PLAIN, FALSE);
}

static void
add_promise (McFlow *flow, double gap, const McReceiptData *data)
{
  mc_field_add (flow,
                gap,
                "Thời gian trả kết quả:",
                or_blank (data->promised),
                mc_field_filled (data->promised) ? MC_FACE_BOLD : MC_FACE_PLAIN,
                FALSE);
}

static void
add_papers (McFlow *flow, double gap, const McReceiptData *data)
{
  mc_field_add (flow, gap, "Nội dung yêu cầu giải quyết:", data->request, MC_FACE_PLAIN, FALSE);
  add_children (flow, gap, data);
  mc_field_add_heading (flow, gap, "Thành phần hồ sơ nộp gồm:");
  mc_parts_table_add (flow, gap, data->parts);
}

/* Several dossiers on one receipt: each with its code, its papers and its own day. */
static void
add_together (McFlow *flow, double gap, GPtrArray *together)
{
  for (guint i = 0; i < together->len; i++)
    {
      const McReceiptData *one = together->pdata[i];
      g_autofree char *label = g_strdup_printf ("Hồ sơ thứ %u, mã hồ sơ:", i + 1);

      mc_field_add (flow, GAP, label, one->code, MC_FACE_BOLD, TRUE);
      add_papers (flow, gap, one);
      add_term (flow, gap, one);
      add_promise (flow, gap, one);
    }
}

/* What is certified is paid by the page. */
static void
add_certified (McFlow *flow, double gap, const McReceiptData *data)
{
  const McFieldPair pages = { "Số trang:", data->pages };
  const McFieldPair copies = { "Số bản:", data->copies };

  mc_field_add_pair (flow, gap, 0.45, &pages, &copies, FALSE);
  mc_field_add (flow, gap, "Lệ phí:", data->fee, MC_FACE_PLAIN, FALSE);
}

static void
add_times (McFlow *flow, double gap, const McReceiptData *data)
{
  const McFieldPair book = { "Vào Sổ theo dõi hồ sơ, Quyển số:", data->book };
  const McFieldPair number = { "Số thứ tự:", data->ordinal };
  g_autofree char *sets =
      mc_field_filled (data->sets) ? g_strconcat (data->sets, " (bộ)", NULL) : NULL;

  mc_field_add (flow,
                GAP,
                "Số lượng hồ sơ:",
                sets ? sets : ".......... (bộ)",
                MC_FACE_PLAIN,
                FALSE);
  if (data->certified)
    add_certified (flow, gap, data);
  if (data->together == NULL)
    add_term (flow, gap, data);
  mc_field_add (flow,
                gap,
                "Thời gian nhận hồ sơ:",
                or_blank (data->received),
                MC_FACE_PLAIN,
                FALSE);
  if (data->together == NULL)
    add_promise (flow, gap, data);
  /* The signatures never stand on a page without what is signed. */
  mc_field_add (flow, gap, "Đăng ký nhận kết quả tại:", data->pickup, MC_FACE_PLAIN, TRUE);
  mc_field_add_pair (flow, gap, 0.6, &book, &number, TRUE);
}

/* What a receipt is laid out of, again and again until it fits. */
typedef struct
{
  PangoContext *context;
  const McReceiptData *data;
  const McPaperStyle *style;
} Content;

static McFlow *
lay (const McSheet *sheet, double gap, gconstpointer pointer)
{
  const Content *content = pointer;
  const McReceiptData *data = content->data;
  const McPaperStyle *style = content->style;
  const McFormHead head = {
    .letterhead = data->head,
    .date = data->date,
    .code = data->code,
    .title = style->heading != NULL ? style->heading : TITLE_LINES,
    .number = style->number,
    .form = style->form,
    .issue = &style->issue,
  };
  const McSigner applicant = { "NGƯỜI NỘP HỒ SƠ", NULL, style->issue.electronic };
  const McSigner clerk = { "NGƯỜI TIẾP NHẬN HỒ SƠ", data->clerk, style->issue.electronic };
  McFlow *flow = mc_flow_new_on (content->context, sheet);

  mc_form_head_add (flow, &head);
  add_applicant (flow, gap, data);
  if (data->together != NULL)
    add_together (flow, gap, data->together);
  else
    add_papers (flow, gap, data);
  add_times (flow, gap, data);
  mc_signature_add (flow, 2 * gap, &applicant, &clerk);
  if (style->notes != NULL)
    mc_field_add_text (flow, 2 * gap, style->notes, NOTES_SIZE, FALSE);
  mc_flow_lay (flow);
  return flow;
}

McForm *
mc_receipt_form (const McReceiptData *data)
{
  return mc_receipt_form_as (data, NULL);
}

McForm *
mc_receipt_form_as (const McReceiptData *data, const McPaperStyle *style)
{
  static const McPaperStyle plain = { 0 };
  Content content = { .data = data };
  McFlow *flow;
  McForm *form;

  g_return_val_if_fail (data != NULL, NULL);

  style = style != NULL ? style : &plain;
  content.style = style;
  content.context = mc_paper_context ();
  flow = mc_fit (mc_form_sheets (style->shape), lay, &content);
  g_object_unref (content.context);
  form = mc_form_new (style->title != NULL ? style->title : TITLE, data->code, flow);
  mc_form_set_shape (form, style->shape);
  return form;
}
