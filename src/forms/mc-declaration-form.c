/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A declaration becomes a form: head, body, who signs. */
#include "mc-declaration-form.h"

#include "mc-declaration-sheet.h"
#include "mc-error.h"
#include "mc-form-private.h"
#include "mc-paper.h"
#include <sys/mman.h>
#include <unistd.h>

/* Nghị định 30/2020/NĐ-CP: name of the state 12-13, motto 13-14, title 13-14. */
#define STATE_SIZE 13.0
#define MOTTO_SIZE 13.0
#define TITLE_SIZE 14.0
#define NUMBER_SIZE 11.0
#define RULE_GAP 3.0
#define TITLE_GAP 14.0
#define GAP 4.0
#define TO_WIDTH (110.0 * MC_PAPER_MM)

static double
add_centred (McSheetOf *sheet, McBlock *block, double y, const char *text, double size, McFace face)
{
  PangoLayout *layout = mc_paper_layout (mc_flow_context (sheet->flow),
                                         text,
                                         size,
                                         face,
                                         PANGO_ALIGN_CENTER,
                                         mc_flow_width (sheet->flow));
  double height = mc_paper_height (layout);

  mc_block_text (block, 0, y, layout);
  return y + height;
}

static double
add_number (McSheetOf *sheet, McBlock *block, const char *number)
{
  PangoLayout *layout = mc_paper_layout (mc_flow_context (sheet->flow),
                                         number,
                                         NUMBER_SIZE,
                                         MC_FACE_ITALIC,
                                         PANGO_ALIGN_RIGHT,
                                         mc_flow_width (sheet->flow));
  double height = mc_paper_height (layout);

  mc_block_text (block, 0, 0, layout);
  return height + RULE_GAP;
}

static double
motto_width (McSheetOf *sheet, const char *motto)
{
  g_autoptr (PangoLayout) layout = mc_paper_layout (mc_flow_context (sheet->flow),
                                                    motto,
                                                    MOTTO_SIZE,
                                                    MC_FACE_BOLD,
                                                    PANGO_ALIGN_LEFT,
                                                    0);

  return mc_paper_width (layout);
}

static void
add_head (McSheetOf *sheet, const json_t *json)
{
  static const char motto[] = "Độc lập - Tự do - Hạnh phúc";
  McBlock *block = mc_block_new (0, 0);
  const char *number = mc_json_string (json, "number");
  double middle = mc_flow_width (sheet->flow) / 2;
  double half = motto_width (sheet, motto) / 2;
  double y = number != NULL ? add_number (sheet, block, number) : 0;

  y = add_centred (sheet, block, y, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", STATE_SIZE, MC_FACE_BOLD);
  y = add_centred (sheet, block, y, motto, MOTTO_SIZE, MC_FACE_BOLD) + RULE_GAP;
  mc_block_rule (block, middle - half, y, middle + half, y);
  y = add_centred (sheet,
                   block,
                   y + TITLE_GAP,
                   mc_json_string (json, "heading"),
                   TITLE_SIZE,
                   MC_FACE_BOLD);
  block->height = y;
  block->keep = TRUE;
  mc_flow_add (sheet->flow, block);
}

static void
add_to (McSheetOf *sheet, const char *to)
{
  g_autofree char *text = to != NULL ? mc_declaration_expand (sheet, to, TO_WIDTH) : NULL;
  McBlock *block;

  if (text == NULL)
    return;
  block = mc_block_new (TITLE_GAP / 2, 0);
  block->height = add_centred (sheet, block, 0, text, MC_DECLARATION_SIZE, MC_FACE_PLAIN) + GAP;
  mc_flow_add (sheet->flow, block);
}

/* The signatures never stand on a page without what is signed. */
static gboolean
is_signed_below (const json_t *body, size_t block)
{
  return block + 1 == json_array_size (body) ||
         json_object_get (json_array_get (body, block + 1), "sign") != NULL;
}

static McFlow *
lay (PangoContext *context,
     const McDeclaration *declaration,
     const json_t *values,
     double gap,
     gboolean with_notes)
{
  const json_t *json = declaration->json;
  const json_t *body = json_object_get (json, "body");
  const json_t *notes = with_notes ? json_object_get (json, "notes") : NULL;
  McSheetOf sheet = { declaration, values, mc_flow_new (context), gap };

  add_head (&sheet, json);
  add_to (&sheet, mc_json_string (json, "to"));
  for (size_t i = 0; i < json_array_size (body); i++)
    mc_declaration_add (&sheet, json_array_get (body, i), is_signed_below (body, i));
  if (json_object_get (json, "sign") != NULL)
    mc_declaration_sign (&sheet, json_object_get (json, "sign"));
  for (size_t i = 0; i < json_array_size (notes); i++)
    mc_declaration_note (&sheet, json_string_value (json_array_get (notes, i)), i == 0);
  mc_flow_lay (sheet.flow);
  return sheet.flow;
}

/* Room for the pen where there is room, less where that spares a sheet to what is signed. */
static double
gap_for (PangoContext *context, const McDeclaration *declaration, const json_t *values)
{
  static const double gaps[] = { 7.0, GAP, 1.5 };
  double best = gaps[0];
  guint fewest = G_MAXUINT;

  for (guint i = 0; i < G_N_ELEMENTS (gaps) && fewest > 1; i++)
    {
      McFlow *flow = lay (context, declaration, values, gaps[i], FALSE);

      if (mc_flow_pages (flow) < fewest)
        {
          fewest = mc_flow_pages (flow);
          best = gaps[i];
        }
      mc_flow_free (flow);
    }
  return best;
}

McForm *
mc_declaration_form (const McDeclaration *declaration, const json_t *values)
{
  PangoContext *context;
  McFlow *flow;

  g_return_val_if_fail (declaration != NULL, NULL);

  context = mc_paper_context ();
  flow = lay (context, declaration, values, gap_for (context, declaration, values), TRUE);
  g_object_unref (context);
  return mc_form_new (declaration->title, NULL, flow);
}

/* Returns: (transfer full) (nullable) */
static McForm *
form_of_papers (McDesk *desk, const json_t *papers, GError **error)
{
  g_autoptr (GPtrArray) forms = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_form_free);

  for (size_t i = 0; i < json_array_size (papers); i++)
    {
      const json_t *paper = json_array_get (papers, i);
      g_autoptr (McDeclaration) declaration =
          mc_declaration_parse (json_object_get (paper, "declaration"), error);

      if (declaration == NULL)
        return NULL;
      g_ptr_array_add (forms,
                       mc_form_of (mc_desk_store (desk),
                                   mc_declaration_form (declaration,
                                                        json_object_get (paper, "values"))));
    }
  if (forms->len == 1)
    return g_ptr_array_steal_index (forms, 0);
  return mc_form_bundle (mc_form_title (forms->pdata[0]), forms);
}

json_t *
mc_declaration_document (McDesk *desk, const json_t *papers, GError **error)
{
  g_autoptr (McForm) form = NULL;
  g_autofree char *name = NULL;
  json_t *document = NULL;
  int fd;

  g_return_val_if_fail (desk != NULL && json_array_size (papers) > 0, NULL);

  form = form_of_papers (desk, papers, error);
  if (form == NULL)
    return NULL;
  name = g_strdup_printf ("%s.pdf", mc_form_title (form));
  fd = memfd_create ("declaration", MFD_CLOEXEC);
  if (fd < 0)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_STORE, "no memory for a PDF");
      return NULL;
    }
  if (mc_form_write_open (form, fd, error) && lseek (fd, 0, SEEK_SET) == 0)
    document = mc_desk_import_open (desk, fd, name, error);
  close (fd);
  return document;
}
