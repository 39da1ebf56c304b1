/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-removal.h"

#include "mc-field.h"
#include "mc-form-head.h"
#include "mc-form-private.h"
#include "mc-format.h"
#include "mc-papers.h"
#include "mc-signature.h"

#define TITLE "Biên bản xóa dữ liệu trên máy công cộng"
#define GAP 4.0
#define SECTION_GAP 9.0

char *
mc_removal_line (const McRemoved *removed)
{
  g_autoptr (GDateTime) at = mc_local (removed->at_ms);
  g_autofree char *time = g_date_time_format (at, "%d/%m/%Y %H:%M");
  g_autoptr (GString) text = g_string_new (time);

  g_string_append_printf (text,
                          " · %s:",
                          removed->code != NULL ? removed->code
                          : removed->drafts > 0 ? "hồ sơ nháp"
                                                : "tệp quét chưa dùng");
  if (removed->changes > 0)
    g_string_append_printf (text, " %u thay đổi,", removed->changes);
  if (removed->scans > 0)
    g_string_append_printf (text, " %u tệp quét,", removed->scans);
  if (removed->drafts > 0)
    g_string_append_printf (text, " %u bản nháp,", removed->drafts);
  g_string_truncate (text, text->len - 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
left_text (const McLeft *left)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (left->dossiers > 0)
    g_string_append_printf (text, "%u hồ sơ chưa bàn giao xong, ", left->dossiers);
  if (left->drafts > 0)
    g_string_append_printf (text, "%u hồ sơ nháp, ", left->drafts);
  if (left->scans > 0)
    g_string_append_printf (text, "%u tệp quét, ", left->scans);
  if (left->backup)
    g_string_append (text, "bản sao lưu cũ ở ổ chưa cắm, ");
  if (text->len == 0)
    return g_strdup ("không còn dữ liệu nào của người dân");
  g_string_truncate (text, text->len - 2);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_lines (McFlow *flow, GPtrArray *removed)
{
  mc_field_add_heading (flow, SECTION_GAP, "Đã xóa (hồ sơ chỉ xóa sau khi tỉnh đã nhận đủ):");
  for (guint i = 0; i < removed->len; i++)
    {
      g_autofree char *label = g_strdup_printf ("%u.", i + 1);
      g_autofree char *line = mc_removal_line (removed->pdata[i]);

      mc_field_add (flow, GAP, label, line, MC_FACE_PLAIN, FALSE);
    }
  if (removed->len == 0)
    mc_field_add (flow, GAP, "–", "chưa có gì phải xóa", MC_FACE_PLAIN, FALSE);
}

McForm *
mc_removal_form (const McRemovalData *data)
{
  PangoContext *context;
  McFlow *flow;
  g_autofree char *left = NULL;
  const McSigner keeper = { "NGƯỜI SỬ DỤNG MÁY", NULL };
  const McSigner witness = { "NGƯỜI KIỂM TRA", NULL };
  McFormHead head = { .title = "BIÊN BẢN XÓA DỮ LIỆU\nTRÊN MÁY CÔNG CỘNG",
                      .label = "Máy số: ",
                      .unnumbered = TRUE };

  g_return_val_if_fail (data != NULL && data->left != NULL && data->removed != NULL, NULL);

  context = mc_paper_context ();
  flow = mc_flow_new (context);
  head.letterhead = data->letterhead;
  head.date = data->date;
  head.code = data->slot;
  mc_form_head_add (flow, &head);
  left = left_text (data->left);
  mc_field_add (flow, SECTION_GAP, "Còn trên máy:", left, MC_FACE_BOLD, FALSE);
  mc_field_add (flow,
                GAP,
                "Cách xóa:",
                "ghi đè rồi xóa cơ sở dữ liệu, chỉ mục tìm kiếm, tệp quét, bản nháp và bản sao lưu",
                MC_FACE_PLAIN,
                FALSE);
  add_lines (flow, data->removed);
  mc_signature_add (flow, 2 * SECTION_GAP, &keeper, &witness);
  mc_flow_lay (flow);
  g_object_unref (context);
  return mc_form_new (TITLE, data->slot, flow);
}

McForm *
mc_form_removal (McStore *store, GError **error)
{
  McEnrolment *enrolment = mc_store_enrolment (store);
  g_autoptr (McPapers) papers = mc_papers_of (store);
  g_autoptr (McLetterhead) letterhead =
      mc_papers_head (papers, enrolment != NULL ? enrolment->office_name : NULL);
  g_autoptr (GDateTime) now = mc_local (mc_store_now (store));
  g_autofree char *date = g_date_time_format (now, "ngày %d tháng %m năm %Y");
  g_autofree char *slot = enrolment != NULL ? g_strdup (enrolment->slot) : NULL;
  g_autoptr (GPtrArray) removed = mc_public_removed (store, error);
  McLeft left;
  const McRemovalData data = { letterhead, date, slot, &left, removed };

  g_clear_pointer (&enrolment, mc_enrolment_free);
  return removed != NULL && mc_public_left (store, &left, error) ? mc_removal_form (&data) : NULL;
}
