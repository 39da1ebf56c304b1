/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-form-private.h"

#include "mc-label.h"
#include "mc-pdf.h"
#include "mc-practice-mark.h"
#include "mc-practice.h"
#include "mc-slip.h"
#include <pango/pangocairo.h>

#define COPY_SIZE 11.0

struct _McForm
{
  gatomicrefcount refs;
  char *title;
  char *subject;
  McFlow *flow;     /* NULL: a bundle */
  GPtrArray *forms; /* of a bundle */
  McFormShape shape;
  gboolean practice;
};

McForm *
mc_form_new (const char *title, const char *subject, McFlow *flow)
{
  McForm *form = g_new0 (McForm, 1);

  g_atomic_ref_count_init (&form->refs);
  form->title = g_strdup (title);
  form->subject = g_strdup (subject);
  form->flow = flow;
  return form;
}

McForm *
mc_form_bundle (const char *title, GPtrArray *forms)
{
  McForm *bundle = mc_form_new (title, NULL, NULL);

  bundle->forms = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_form_free);
  g_ptr_array_extend_and_steal (bundle->forms, g_ptr_array_ref (forms));
  return bundle;
}

McForm *
mc_form_ref (McForm *form)
{
  g_return_val_if_fail (form != NULL, NULL);

  g_atomic_ref_count_inc (&form->refs);
  return form;
}

void
mc_form_free (McForm *form)
{
  if (form == NULL || !g_atomic_ref_count_dec (&form->refs))
    return;
  g_free (form->title);
  g_free (form->subject);
  mc_flow_free (form->flow);
  g_clear_pointer (&form->forms, g_ptr_array_unref);
  g_free (form);
}

const McSheet *const *
mc_form_sheets (McFormShape shape)
{
  static const McSheet *large[2], *small[3];
  static gsize once;

  if (g_once_init_enter (&once))
    {
      large[0] = mc_sheet_upright ();
      small[0] = mc_sheet_small ();
      small[1] = mc_sheet_smaller ();
      g_once_init_leave (&once, 1);
    }
  return shape == MC_FORM_SHAPE_A4 ? large : small;
}

void
mc_form_set_shape (McForm *form, McFormShape shape)
{
  g_return_if_fail (form != NULL && form->flow != NULL);

  if (mc_flow_sheet (form->flow) == mc_sheet_small () ||
      mc_flow_sheet (form->flow) == mc_sheet_smaller ())
    form->shape = shape;
}

McForm *
mc_form_of (McStore *store, McForm *form)
{
  g_return_val_if_fail (store != NULL && form != NULL, form);

  form->practice = mc_store_practice (store);
  return form;
}

McForm *
mc_form_receipt (McStore *store, const McDossier *dossier, GError **error)
{
  return mc_form_make (store, dossier, MC_SLIP_RECEIPT, error);
}

McForm *
mc_form_issue (McStore *store,
               const McDossier *dossier,
               const char *name,
               const McIssue *issue,
               GError **error)
{
  McForm *form;

  g_return_val_if_fail (store != NULL && dossier != NULL && name != NULL, NULL);

  form = g_str_equal (name, MC_SLIP_LABEL) ? mc_form_label (dossier)
                                           : mc_slip_form (store, dossier, name, issue, error);
  return form != NULL ? mc_form_of (store, form) : NULL;
}

McForm *
mc_form_make (McStore *store, const McDossier *dossier, const char *name, GError **error)
{
  g_autoptr (McIssue) issue = NULL;

  g_return_val_if_fail (store != NULL && dossier != NULL && name != NULL, NULL);

  issue = mc_slip_issue (store, dossier, name);
  return mc_form_issue (store, dossier, name, issue, error);
}

guint
mc_form_pages (McForm *form)
{
  guint pages = 0;

  g_return_val_if_fail (form != NULL, 0);

  if (form->forms == NULL)
    return mc_flow_pages (form->flow);
  for (guint i = 0; i < form->forms->len; i++)
    pages += mc_form_pages (form->forms->pdata[i]);
  return pages;
}

/* The form of a bundle that has the page; @page: which of its own it is. */
static McForm *
form_at (McForm *form, guint *page)
{
  guint i = 0;

  if (form->forms == NULL)
    return form;
  while (i + 1 < form->forms->len && *page >= mc_form_pages (form->forms->pdata[i]))
    *page -= mc_form_pages (form->forms->pdata[i++]);
  return form_at (form->forms->pdata[i], page);
}

void
mc_form_page_size (McForm *form, guint page, double *ret_width, double *ret_height)
{
  const McSheet *sheet;
  McForm *one;

  g_return_if_fail (form != NULL && ret_width != NULL && ret_height != NULL);

  one = form_at (form, &page);
  sheet = mc_flow_sheet (one->flow);
  *ret_width = sheet->width * sheet->scale;
  *ret_height = sheet->height * sheet->scale;
  if (one->shape == MC_FORM_SHAPE_TWO)
    {
      *ret_width = MC_PAPER_HEIGHT;
      *ret_height = MC_PAPER_WIDTH;
    }
}

void
mc_form_size (McForm *form, double *ret_width, double *ret_height)
{
  mc_form_page_size (form, 0, ret_width, ret_height);
}

const char *
mc_form_title (McForm *form)
{
  g_return_val_if_fail (form != NULL, NULL);

  return form->title;
}

static void
mark (McForm *form, cairo_t *cr)
{
  double width, height;

  mc_form_size (form, &width, &height);
  mc_practice_mark_draw (cr, width, height);
}

/* Whose copy it is, in the margin above the head of the state. */
static void
draw_copy (McForm *form, cairo_t *cr, guint copy)
{
  static const char *const copies[] = { "Liên 1: Lưu", "Liên 2: Giao người nộp hồ sơ" };
  const McSheet *sheet = mc_flow_sheet (form->flow);
  g_autoptr (PangoLayout) layout = mc_paper_layout (mc_flow_context (form->flow),
                                                    copies[copy],
                                                    COPY_SIZE,
                                                    MC_FACE_ITALIC,
                                                    PANGO_ALIGN_RIGHT,
                                                    sheet->width - sheet->left - sheet->right);

  cairo_tag_begin (cr, "P", NULL);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_move_to (cr, sheet->left, (sheet->top - mc_paper_height (layout)) / 2);
  pango_cairo_show_layout (cr, layout);
  cairo_tag_end (cr, "P");
}

static void
draw_two (McForm *form, cairo_t *cr, guint page)
{
  double scale = mc_flow_sheet (form->flow)->scale;

  for (guint copy = 0; copy < 2; copy++)
    {
      cairo_save (cr);
      cairo_translate (cr, copy * MC_PAPER_HEIGHT / 2, 0);
      cairo_scale (cr, scale, scale);
      if (page == 0)
        draw_copy (form, cr, copy);
      mc_flow_draw (form->flow, cr, page);
      cairo_restore (cr);
    }
}

static void
draw_one (McForm *form, cairo_t *cr, guint page)
{
  if (form->shape == MC_FORM_SHAPE_TWO)
    {
      draw_two (form, cr, page);
      return;
    }
  cairo_save (cr);
  cairo_scale (cr, mc_flow_sheet (form->flow)->scale, mc_flow_sheet (form->flow)->scale);
  mc_flow_draw (form->flow, cr, page);
  cairo_restore (cr);
}

void
mc_form_draw (McForm *form, cairo_t *cr, guint page)
{
  McForm *one;

  g_return_if_fail (form != NULL && cr != NULL && page < mc_form_pages (form));

  one = form_at (form, &page);
  draw_one (one, cr, page);
  if (one->practice)
    mark (one, cr);
}

gboolean
mc_form_write_pdf (McForm *form, const char *path, GError **error)
{
  const McPdf pdf = { form ? form->title : NULL, form ? form->subject : NULL, form };

  g_return_val_if_fail (form != NULL && path != NULL, FALSE);

  return mc_pdf_write (&pdf, path, error);
}

gboolean
mc_form_write_open (McForm *form, int fd, GError **error)
{
  const McPdf pdf = { form ? form->title : NULL, form ? form->subject : NULL, form };

  g_return_val_if_fail (form != NULL && fd >= 0, FALSE);

  return mc_pdf_write_open (&pdf, fd, error);
}
