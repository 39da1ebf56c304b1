/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of the control slip (Phiếu kiểm soát quá trình giải quyết hồ sơ): who gave the dossier
 * to whom, when, and whether in time. */
#include "mc-slip-private.h"

#include "mc-format.h"
#include "mc-id.h"

#define DESK "Bộ phận Tiếp nhận và Trả kết quả"

/* To whom a step gives the dossier, and what was done. NULL: it stays where it is. */
static const struct
{
  const char *step;
  const char *receiver;
  const char *done;
} steps[] = {
  { MC_STEP_ASSIGN, "Người được phân công", "Phân công xử lý" },
  { MC_STEP_RELEASE, "Bộ phận chuyên môn", "Trả lại để phân công" },
  { MC_STEP_APPRAISE, "Lãnh đạo", "Thẩm định xong, trình ký" },
  { MC_STEP_HAND_BACK, "Bộ phận chuyên môn", "Trả lại để xem lại" },
  { MC_STEP_APPROVE, DESK, "Đã ký duyệt" },
  { MC_STEP_SUPPLEMENT, "Người nộp hồ sơ", "Yêu cầu bổ sung" },
  { MC_STEP_COMPLETE, "Bộ phận chuyên môn", "Đã bổ sung" },
  { MC_STEP_CHARGE, "Người nộp hồ sơ", "Chờ thực hiện nghĩa vụ tài chính" },
  { MC_STEP_PAID, "Bộ phận chuyên môn", "Đã thực hiện nghĩa vụ tài chính" },
  { MC_STEP_RETURN, "Người nộp hồ sơ", "Đã trả kết quả" },
  { MC_STEP_REFUSE, "Người nộp hồ sơ", "Từ chối tiếp nhận" },
  { MC_STEP_WITHDRAW, "Người nộp hồ sơ", "Rút hồ sơ theo đề nghị" },
  { MC_STEP_STOP, DESK, "Dừng giải quyết" },
};

/* The chain so far: in whose hands the dossier is, and until when it is promised. */
typedef struct
{
  McFormValues *values;
  char *holder;
  char *due; /* local text, or NULL */
} Chain;

static const char *
person (const McEvent *event)
{
  return event->by != NULL && !mc_id_valid (event->by) ? event->by : "";
}

/* In time as of this hand-over: the column's own three words. */
static const char *
in_time (const Chain *chain, gint64 at_ms)
{
  g_autoptr (GDateTime) due = chain->due != NULL ? mc_local_parse (chain->due) : NULL;
  g_autoptr (GDateTime) at = mc_local (at_ms);
  GDate day, last;

  if (due == NULL)
    return "";
  if (g_date_time_compare (at, due) > 0)
    return "Quá hạn";
  mc_date_of (at, &day);
  mc_date_of (due, &last);
  return g_date_compare (&day, &last) == 0 ? "Đúng hạn" : "Trước hạn";
}

static void
add_row (Chain *chain, const McEvent *event, const char *receiver, const char *done)
{
  g_autoptr (GDateTime) time = mc_local (event->at_ms);
  g_autofree char *when = mc_format_long (time);
  GStrv cells = g_new0 (char *, 5);

  cells[0] = g_strdup_printf ("1. Giao: %s\n2. Nhận: %s", chain->holder, receiver);
  cells[1] = g_strdup_printf ("%s\nNgười giao: %s\nNgười nhận:", when, person (event));
  cells[2] = g_strdup (in_time (chain, event->at_ms));
  cells[3] = g_strdup (done);
  mc_form_values_add_row (chain->values, "handovers", cells);
  g_free (chain->holder);
  chain->holder = g_strdup (receiver);
}

static void
follow (Chain *chain, const McDossier *dossier, const McEvent *event)
{
  g_autoptr (json_t) body = NULL;
  const McStep *step = mc_slip_step (dossier, event, &body);
  const char *due = mc_json_string (body, "due");

  for (guint i = 0; step != NULL && i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].step, step->id))
      add_row (chain, event, steps[i].receiver, steps[i].done);
  if (due != NULL)
    {
      g_free (chain->due);
      chain->due = g_strdup (due);
    }
}

static char *
first_promise (const McDossier *dossier)
{
  for (guint i = 0; i < dossier->events->len; i++)
    {
      const McEvent *event = dossier->events->pdata[i];
      g_autoptr (json_t) body = NULL;

      if (!g_str_equal (event->verb, MC_VERB_RECEIVE) || event->detail == NULL)
        continue;
      body = mc_json_parse (event->detail, -1, NULL);
      return g_strdup (mc_json_string (body, "due"));
    }
  return NULL;
}

void
mc_slip_handovers (McFormValues *values, const McDossier *dossier, const char *unit)
{
  Chain chain = { values, g_strdup (unit != NULL ? unit : DESK), first_promise (dossier) };

  for (guint i = 0; i < dossier->events->len; i++)
    follow (&chain, dossier, dossier->events->pdata[i]);
  g_free (chain.holder);
  g_free (chain.due);
}
