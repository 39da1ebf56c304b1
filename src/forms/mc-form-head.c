/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-form-head.h"

#include "mc-field.h"
#include <string.h>

/* Nghị định 30/2020/NĐ-CP: name of the state 12-13, motto 13-14, bodies 12-13, place and date
 * 13-14. */
#define STATE_SIZE 12.0
#define MOTTO_SIZE 13.0
#define BODY_SIZE 12.0
#define NUMBER_SIZE 13.0
#define DATE_SIZE 13.0
#define TITLE_SIZE 14.0
#define CODE_SIZE 13.0
#define FORM_SIZE 12.0

#define NUMBER_BLANK "............"
#define AGAIN "(Bản in lại)"

/* The two heads stand in columns and do not touch. */
#define LEFT_WIDTH (70.0 * MC_PAPER_MM)
#define RIGHT_WIDTH (MC_PAPER_TEXT - LEFT_WIDTH)
#define BETWEEN (2.0 * MC_PAPER_MM)
/* Between a head and its rule, and from there to the number. */
#define RULE_GAP 3.0
#define NUMBER_GAP 10.0
/* The rule of a body is a third to a half of its line. */
#define BODY_RULE 0.4

/* A phone and a worn barcode gun read a module of 0.8 mm; the symbol is never below 20 mm. */
#define QR_SIDE (20.0 * MC_PAPER_MM)
#define QR_MODULE (0.8 * MC_PAPER_MM)
#define CODE_GAP 4.0
#define CODE_BLANK (60.0 * MC_PAPER_MM)
#define TITLE_GAP 8.0
/* A longer code than this holds (150 characters) would leave no room for the title. */
#define QR_MODULES_MAX 41
/* Nobody's name needs more. */
#define LINES_MAX 6

/* The state's head ends at the right margin of whatever sheet. */
static double
right_x (const McFlow *flow)
{
  return mc_flow_width (flow) - RIGHT_WIDTH;
}

/* The office's column gives way on a narrow sheet: the state's head is one line. */
static double
left_text (const McFlow *flow)
{
  return MIN (LEFT_WIDTH, right_x (flow)) - BETWEEN;
}

static PangoLayout *
centred (McFlow *flow, const char *text, double size, McFace face, double width)
{
  PangoLayout *layout =
      mc_paper_layout (mc_flow_context (flow), text, size, face, PANGO_ALIGN_CENTER, width);

  mc_paper_limit (layout, LINES_MAX);
  return layout;
}

/* Lines of about one length: "ỦY BAN NHÂN DÂN" and "XÃ THỬ NGHIỆM", where a full first line would
 * leave one word to the second. */
static PangoLayout *
balanced (McFlow *flow, const char *text, double size, McFace face, double width)
{
  PangoLayout *layout = centred (flow, text, size, face, width);
  int lines = pango_layout_get_line_count (layout);
  int wide = (int)(width * PANGO_SCALE);
  int narrow = wide / 2;

  while (lines > 1 && wide - narrow > PANGO_SCALE)
    {
      int middle = (wide + narrow) / 2;

      pango_layout_set_width (layout, middle);
      if (pango_layout_get_line_count (layout) > lines || pango_layout_is_ellipsized (layout))
        narrow = middle;
      else
        wide = middle;
    }
  pango_layout_set_width (layout, wide);
  return layout;
}

/* Puts @layout in the middle of a column. */
static void
add_text (McBlock *block, double x, double y, double width, PangoLayout *layout)
{
  double own = (double)pango_layout_get_width (layout) / PANGO_SCALE;

  mc_block_text (block, x + (width - own) / 2, y, layout);
}

static void
add_rule (McBlock *block, double middle, double y, double length)
{
  mc_block_rule (block, middle - length / 2, y, middle + length / 2, y);
}

/* Which form it is, as the law's annex has it above the form. Returns: where it ends. */
static double
add_form (McFlow *flow, McBlock *block, const char *form)
{
  PangoLayout *layout;

  if (!mc_field_filled (form))
    return 0;
  layout = mc_paper_layout (mc_flow_context (flow),
                            form,
                            FORM_SIZE,
                            MC_FACE_BOLD,
                            PANGO_ALIGN_RIGHT,
                            mc_flow_width (flow));
  mc_paper_limit (layout, 1);
  mc_block_text (block, 0, 0, layout);
  return mc_paper_height (layout);
}

/* Returns: where the right head ends; @ret_motto: the baseline of its second line. */
static double
add_state (McFlow *flow, McBlock *block, double top, double *ret_motto)
{
  PangoLayout *state =
      centred (flow, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", STATE_SIZE, MC_FACE_BOLD, RIGHT_WIDTH);
  PangoLayout *motto =
      centred (flow, "Độc lập - Tự do - Hạnh phúc", MOTTO_SIZE, MC_FACE_BOLD, RIGHT_WIDTH);
  double y = top + mc_paper_height (state);
  double end = y + mc_paper_height (motto) + RULE_GAP;

  *ret_motto = y + mc_paper_baseline (motto);
  add_rule (block, right_x (flow) + RIGHT_WIDTH / 2, end, mc_paper_width (motto));
  mc_block_text (block, right_x (flow), top, state);
  mc_block_text (block, right_x (flow), y, motto);
  return end;
}

/* Returns: where the left head ends. Its second line stands beside the motto where it can. */
static double
add_office (McFlow *flow, McBlock *block, const McLetterhead *letterhead, double top, double motto)
{
  PangoLayout *unit;
  double y = top;

  if (letterhead->superior != NULL)
    {
      PangoLayout *superior =
          balanced (flow, letterhead->superior, BODY_SIZE, MC_FACE_PLAIN, left_text (flow));

      y = top + mc_paper_height (superior);
      add_text (block, 0, top, left_text (flow), superior);
    }
  if (letterhead->unit != NULL)
    unit = balanced (flow, letterhead->unit, BODY_SIZE, MC_FACE_BOLD, left_text (flow));
  else
    {
      g_autofree char *dots =
          mc_paper_dots (mc_flow_context (flow), "", BODY_SIZE, left_text (flow) * 0.9);

      unit = centred (flow, dots, BODY_SIZE, MC_FACE_PLAIN, left_text (flow));
    }
  if (letterhead->superior != NULL)
    y = MAX (y, motto - mc_paper_baseline (unit));
  add_text (block, 0, y, left_text (flow), unit);
  y += mc_paper_height (unit) + RULE_GAP;
  add_rule (block, left_text (flow) / 2, y, mc_paper_width (unit) * BODY_RULE);
  return y;
}

static char *
number_text (const McFormHead *head)
{
  GString *text = g_string_new (head->number != NULL ? head->number : "{number}/{year}-{symbol}");
  const char *number = head->issue != NULL ? head->issue->number : NULL;
  const char *year = head->date != NULL ? strrchr (head->date, ' ') : NULL;

  (void)g_string_replace (text, "{symbol}", head->letterhead->symbol, 0);
  (void)g_string_replace (text, "{number}", number != NULL ? number : NUMBER_BLANK, 0);
  (void)g_string_replace (text,
                          "{year}",
                          number != NULL && year != NULL ? year + 1 : NUMBER_BLANK,
                          0);
  g_string_prepend (text, "Số: ");
  return g_string_free (text, FALSE);
}

/* Returns: where the line of number, place and date ends; @ret_x: where the number begins. */
static double
add_number (McFlow *flow, McBlock *block, const McFormHead *head, double y, double *ret_x)
{
  g_autofree char *number = number_text (head);
  const char *place = head->letterhead->place;
  g_autofree char *date =
      g_strdup_printf ("%s, %s",
                       mc_field_filled (place) ? place : "....................",
                       mc_field_filled (head->date) ? head->date : MC_FORM_DATE_BLANK);
  PangoLayout *left =
      centred (flow, head->unnumbered ? "" : number, NUMBER_SIZE, MC_FACE_PLAIN, left_text (flow));
  PangoLayout *right = centred (flow, date, DATE_SIZE, MC_FACE_ITALIC, RIGHT_WIDTH);
  double end = y + MAX (mc_paper_height (left), mc_paper_height (right));

  *ret_x = head->unnumbered ? 0 : MAX (0, (left_text (flow) - mc_paper_width (left)) / 2);
  mc_block_text (block, 0, y, left);
  mc_block_text (block, right_x (flow), y, right);
  return end;
}

static PangoLayout *
code_layout (McFlow *flow, const McFormHead *head, double width)
{
  const char *code = head->code;
  const char *label = head->label != NULL ? head->label : "Mã hồ sơ: ";
  g_autofree char *text =
      mc_field_filled (code) ? g_strconcat (label, code, NULL)
                             : mc_paper_dots (mc_flow_context (flow), label, CODE_SIZE, CODE_BLANK);
  PangoLayout *layout = centred (flow, text, CODE_SIZE, MC_FACE_PLAIN, width);

  if (mc_field_filled (code))
    mc_paper_embolden (layout, (guint)strlen (label));
  return layout;
}

/* "Mã hồ sơ: …", and that the paper was printed before. */
static PangoLayout *
below_title (McFlow *flow, const McFormHead *head, double width)
{
  PangoLayout *code = head->uncoded ? centred (flow, "", CODE_SIZE, MC_FACE_PLAIN, width)
                                    : code_layout (flow, head, width);
  g_autofree char *text = NULL;

  if (head->issue == NULL || !head->issue->again)
    return code;
  text = g_strconcat (pango_layout_get_text (code), head->uncoded ? "" : "\n", AGAIN, NULL);
  pango_layout_set_text (code, text, -1);
  return code;
}

static McQr *
code_symbol (const char *code)
{
  g_autoptr (McQr) qr = mc_field_filled (code) ? mc_qr_new (code) : NULL;

  return qr != NULL && mc_qr_modules (qr) <= QR_MODULES_MAX ? g_steal_pointer (&qr) : NULL;
}

/* Where the symbol stands so that no line of the title is broken: @x, or further left. */
static double
symbol_x (McFlow *flow, const McFormHead *head, double x, double side)
{
  g_autoptr (PangoLayout) title = mc_paper_layout (mc_flow_context (flow),
                                                   head->title,
                                                   TITLE_SIZE,
                                                   MC_FACE_BOLD,
                                                   PANGO_ALIGN_LEFT,
                                                   0);

  return CLAMP ((mc_flow_width (flow) - mc_paper_width (title)) / 2 - side - 1, 0, x);
}

/* The title stands in the middle of the page beside the symbol, which saves the paper's height.
 * Returns: where both end. */
static double
add_title (McFlow *flow, McBlock *block, const McFormHead *head, double y, double x)
{
  McQr *qr = code_symbol (head->symbol != NULL ? head->symbol : head->code);
  double beside = 0, height = 0, text, width;
  PangoLayout *title, *code;

  if (qr != NULL)
    {
      guint modules = mc_qr_modules (qr);
      double side = MAX (QR_SIDE, modules * QR_MODULE) / mc_flow_sheet (flow)->scale;
      double quiet = MC_QR_QUIET * side / modules;

      x = symbol_x (flow, head, x, side + quiet);
      mc_block_qr (block, x, y + quiet, side, qr);
      beside = x + side + quiet;
      height = side + 2 * quiet;
    }
  else
    y += TITLE_GAP;
  width = mc_flow_width (flow) - 2 * beside;
  title = centred (flow, head->title, TITLE_SIZE, MC_FACE_BOLD, width);
  code = below_title (flow, head, width);
  text = mc_paper_height (title) + CODE_GAP + mc_paper_height (code);
  height = MAX (height, text);
  mc_block_title (block, beside, y + (height - text) / 2, title);
  mc_block_text (block, beside, y + (height + text) / 2 - mc_paper_height (code), code);
  return y + height;
}

void
mc_form_head_add (McFlow *flow, const McFormHead *head)
{
  McBlock *block;
  double top, motto, right, left, y, x;

  g_return_if_fail (flow != NULL && head != NULL && head->letterhead != NULL);

  block = mc_block_new (0, 0);
  top = add_form (flow, block, head->form);
  right = add_state (flow, block, top, &motto);
  left = add_office (flow, block, head->letterhead, top, motto);
  y = add_number (flow, block, head, MAX (left, right) + NUMBER_GAP, &x);
  block->height = add_title (flow, block, head, y, x);
  mc_flow_add (flow, block);
}
