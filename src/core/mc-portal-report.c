/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-portal-private.h"

static const char *const field_names[MC_PORTAL_N_FIELDS] = {
  "code", "name", "field", "level", "decision", "channels",
  "time", "fee",  "parts", "legal", "result",   "conditions",
};
static const char *const state_names[MC_PORTAL_N_STATES] = { "read",
                                                             "guessed",
                                                             "unread",
                                                             "absent" };

const char *
mc_portal_field_name (McPortalField field)
{
  return field_names[field];
}

static void
line_free (McPortalLine *line)
{
  g_free (line->code);
  g_free (line->text);
  g_free (line);
}

McPortalReport *
mc_portal_report_new (void)
{
  McPortalReport *report = g_new0 (McPortalReport, 1);

  report->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)line_free);
  return report;
}

void
mc_portal_report_free (McPortalReport *report)
{
  if (report == NULL)
    return;
  g_ptr_array_unref (report->lines);
  g_free (report);
}

void
mc_portal_report_note (McPortalReport *report,
                       const char *code,
                       McPortalField field,
                       McPortalState state,
                       const char *text)
{
  McPortalLine *line;

  report->counts[field][state]++;
  if (state == MC_PORTAL_READ || state == MC_PORTAL_ABSENT)
    return;
  line = g_new0 (McPortalLine, 1);
  line->code = g_strdup (code);
  line->field = field;
  line->state = state;
  line->text = g_strdup (text != NULL ? text : "");
  g_ptr_array_add (report->lines, line);
}

char *
mc_portal_report_text (const McPortalReport *report)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          "%u procedures, %u lines refused\n%-12s",
                          report->procedures,
                          report->refused,
                          "");
  for (guint s = 0; s < MC_PORTAL_N_STATES; s++)
    g_string_append_printf (text, "%9s", state_names[s]);
  for (guint f = 0; f < MC_PORTAL_N_FIELDS; f++)
    {
      g_string_append_printf (text, "\n%-12s", field_names[f]);
      for (guint s = 0; s < MC_PORTAL_N_STATES; s++)
        g_string_append_printf (text, "%9u", report->counts[f][s]);
    }
  g_string_append_c (text, '\n');
  for (guint i = 0; i < report->lines->len; i++)
    {
      const McPortalLine *line = report->lines->pdata[i];
      g_autofree char *one_line = g_strdelimit (g_strdup (line->text), "\n\r\t", ' ');

      g_string_append_printf (text,
                              "%s\t%s\t%s\t%s\n",
                              line->code,
                              field_names[line->field],
                              state_names[line->state],
                              one_line);
    }
  return g_string_free (text, FALSE);
}
