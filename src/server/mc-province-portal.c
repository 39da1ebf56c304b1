/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dump of the national portal, a line a procedure, as it was crawled. */
#include "mc-province-admin.h"
#include "mc-province-private.h"

#include "mc-op.h"
#include <string.h>

/* The rest of an op's line: who, when, on what. */
#define OP_ROOM 4096

typedef struct
{
  McProvince *province;
  gboolean replace;
  McPortalReport *report;
  guint *changed;
  guint *kept;
} Import;

static gboolean
from_portal (const json_t *procedure)
{
  const json_t *sources = json_object_get (procedure, "sources");

  for (size_t i = 0; i < json_array_size (sources); i++)
    if (g_strcmp0 (json_string_value (json_array_get (sources, i)), "portal") == 0)
      return TRUE;
  return FALSE;
}

/* What people have checked stands before what a crawl took down. */
static gboolean
keeps (Import *import, const json_t *entry, gboolean *ret_keeps, GError **error)
{
  g_autofree char *id = NULL;
  g_autoptr (json_t) standing = NULL;

  if (!_mc_province_procedure (import->province,
                               mc_json_string (entry, "code"),
                               NULL,
                               &id,
                               &standing,
                               error))
    return FALSE;
  *ret_keeps = standing != NULL && !import->replace && !from_portal (standing);
  return TRUE;
}

static void
refuse (Import *import, const char *code, const char *why)
{
  import->report->refused++;
  mc_portal_report_note (import->report, code, MC_PORTAL_CODE, MC_PORTAL_UNREAD, why);
}

static gboolean
import_entry (Import *import, json_t *entry, GError **error)
{
  g_autofree char *text = mc_json_text (entry);
  gboolean kept = FALSE;

  if (strlen (text) > MC_OP_LINE_MAX - OP_ROOM)
    {
      refuse (import, mc_json_string (entry, "code"), "longer than an op may be");
      return TRUE;
    }
  if (!keeps (import, entry, &kept, error))
    return FALSE;
  if (kept)
    {
      (*import->kept)++;
      return TRUE;
    }
  return _mc_province_say_procedure (import->province,
                                     entry,
                                     mc_json_string (entry, "version"),
                                     import->changed,
                                     error);
}

/* One line. What is no procedure is in the report, and the next one is read. */
static gboolean
import_line (Import *import, const char *text, gsize length, guint number, GError **error)
{
  g_autoptr (json_t) line = mc_json_parse (text, (gssize)length, NULL);
  g_autoptr (json_t) entry = NULL;

  if (length == 0)
    return TRUE;
  if (line == NULL)
    {
      g_autofree char *where = g_strdup_printf ("line %u", number);

      refuse (import, where, "no JSON");
      return TRUE;
    }
  entry = mc_portal_entry (line, import->report, NULL);
  return entry == NULL || import_entry (import, entry, error);
}

static gboolean
import_lines (Import *import, GInputStream *dump, GError **error)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (dump);
  g_autoptr (GError) problem = NULL;

  for (guint number = 1;; number++)
    {
      gsize length = 0;
      g_autofree char *text = g_data_input_stream_read_line (lines, &length, NULL, &problem);

      if (text == NULL)
        break;
      if (!import_line (import, text, length, number, error))
        return FALSE;
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

gboolean
mc_province_import_portal (McProvince *province,
                           GInputStream *dump,
                           gboolean replace,
                           McPortalReport *report,
                           guint *ret_changed,
                           guint *ret_kept,
                           GError **error)
{
  Import import = { province, replace, report, ret_changed, ret_kept };

  g_return_val_if_fail (province != NULL && dump != NULL && report != NULL, FALSE);

  *ret_changed = 0;
  *ret_kept = 0;
  if (!_mc_province_begin (province, error))
    return FALSE;
  return _mc_province_end (province, import_lines (&import, dump, error), error);
}
