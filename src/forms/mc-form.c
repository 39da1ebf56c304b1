/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-form-private.h"

#include "mc-label.h"
#include "mc-pdf.h"
#include "mc-practice-mark.h"
#include "mc-practice.h"
#include "mc-receipt.h"
#include "mc-slip.h"

struct _McForm
{
  char *title;
  char *subject;
  McFlow *flow;
  gboolean practice;
};

McForm *
mc_form_new (const char *title, const char *subject, McFlow *flow)
{
  McForm *form = g_new0 (McForm, 1);

  form->title = g_strdup (title);
  form->subject = g_strdup (subject);
  form->flow = flow;
  return form;
}

void
mc_form_free (McForm *form)
{
  if (form == NULL)
    return;
  g_free (form->title);
  g_free (form->subject);
  mc_flow_free (form->flow);
  g_free (form);
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
  g_autoptr (McReceiptData) data = NULL;

  g_return_val_if_fail (store != NULL && dossier != NULL, NULL);

  data = mc_receipt_read (store, dossier, error);
  return data != NULL ? mc_form_of (store, mc_receipt_form (data)) : NULL;
}

static McForm *
form_named (McStore *store, const McDossier *dossier, const char *name, GError **error)
{
  if (g_str_equal (name, MC_SLIP_RECEIPT))
    return mc_form_receipt (store, dossier, error);
  if (g_str_equal (name, MC_SLIP_LABEL))
    return mc_form_label (dossier);
  return mc_slip_form (store, dossier, name, error);
}

McForm *
mc_form_make (McStore *store, const McDossier *dossier, const char *name, GError **error)
{
  McForm *form;

  g_return_val_if_fail (store != NULL && name != NULL, NULL);

  form = form_named (store, dossier, name, error);
  return form != NULL ? mc_form_of (store, form) : NULL;
}

guint
mc_form_pages (McForm *form)
{
  g_return_val_if_fail (form != NULL, 0);

  return mc_flow_pages (form->flow);
}

void
mc_form_size (McForm *form, double *ret_width, double *ret_height)
{
  const McSheet *sheet;

  g_return_if_fail (form != NULL && ret_width != NULL && ret_height != NULL);

  sheet = mc_flow_sheet (form->flow);
  *ret_width = sheet->width;
  *ret_height = sheet->height;
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

void
mc_form_draw (McForm *form, cairo_t *cr, guint page)
{
  g_return_if_fail (form != NULL && cr != NULL && page < mc_flow_pages (form->flow));

  mc_flow_draw (form->flow, cr, page);
  if (form->practice)
    mark (form, cr);
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
