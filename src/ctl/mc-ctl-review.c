/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits, what was refused, what became another word, and lines carried by hand. */
#include "mc-carry.h"
#include "mc-ctl.h"

#include "mc-error.h"
#include <string.h>

static const char *const kinds[] = { "to-send", "missing", "too-new", "refused" };

static json_t *
waiting_json (const McWaiting *waiting)
{
  return json_pack ("{s:s,s:s,s:s?,s:s?,s:s,s:s,s:I,s:s,s:s?,s:b}",
                    "op",
                    waiting->op,
                    "dossier",
                    waiting->dossier,
                    "code",
                    waiting->code,
                    "applicant",
                    waiting->applicant,
                    "verb",
                    waiting->verb,
                    "by",
                    waiting->by,
                    "at",
                    (json_int_t)waiting->at_ms,
                    "why",
                    kinds[waiting->kind],
                    "reason",
                    waiting->reason,
                    "yours",
                    waiting->yours);
}

static gboolean
print_waiting (McCtl *ctl, GPtrArray *waiting)
{
  g_autoptr (GPtrArray) owned = waiting;
  json_t *all;

  if (waiting == NULL)
    return FALSE;
  all = json_array ();
  for (guint i = 0; i < waiting->len; i++)
    json_array_append_new (all, waiting_json (waiting->pdata[i]));
  mc_ctl_print_all (ctl, all);
  return TRUE;
}

gboolean
mc_ctl_waiting (McCtl *ctl, int argc, char **argv, GError **error)
{
  return print_waiting (ctl, mc_store_waiting (ctl->store, G_MAXINT, error));
}

gboolean
mc_ctl_refused (McCtl *ctl, int argc, char **argv, GError **error)
{
  return print_waiting (ctl, mc_store_refused (ctl->store, error));
}

gboolean
mc_ctl_resend (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (json_t) body = argc > 1 ? mc_json_parse (argv[1], -1, error) : NULL;

  if (argc > 1 && body == NULL)
    return FALSE;
  return mc_desk_resend (ctl->desk, argv[0], body, error);
}

gboolean
mc_ctl_aside (McCtl *ctl, int argc, char **argv, GError **error)
{
  return mc_desk_set_aside (ctl->desk, argv[0], error);
}

static json_t *
notice_json (const McNotice *notice)
{
  return json_pack ("{s:s,s:s,s:s?,s:s?,s:s,s:s,s:I,s:o,s:o}",
                    "op",
                    notice->op,
                    "dossier",
                    notice->dossier,
                    "code",
                    notice->code,
                    "applicant",
                    notice->applicant,
                    "verb",
                    notice->verb,
                    "by",
                    notice->by,
                    "at",
                    (json_int_t)notice->at_ms,
                    "before",
                    mc_json_parse (notice->before, -1, NULL),
                    "after",
                    mc_json_parse (notice->after, -1, NULL));
}

gboolean
mc_ctl_notices (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (GPtrArray) notices = mc_store_notices (ctl->store, error);
  json_t *all;

  if (notices == NULL)
    return FALSE;
  all = json_array ();
  for (guint i = 0; i < notices->len; i++)
    json_array_append_new (all, notice_json (notices->pdata[i]));
  mc_ctl_print_all (ctl, all);
  return argc == 0 || mc_store_notice_seen (ctl->store, 0, error);
}

/* The id of an office given by id or code. */
static const char *
find_office (GPtrArray *offices, const char *name, GError **error)
{
  for (guint i = 0; i < offices->len; i++)
    {
      const McOffice *office = offices->pdata[i];

      if (g_str_equal (office->id, name) || g_str_equal (office->code, name))
        return office->id;
    }
  g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "no office %s", name);
  return NULL;
}

gboolean
mc_ctl_transfer (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *id = mc_store_resolve (ctl->store, argv[0], error);
  g_autoptr (GPtrArray) offices = id ? mc_store_offices (ctl->store, error) : NULL;
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();

  if (offices == NULL)
    return FALSE;
  for (int i = 1; i < argc; i++)
    {
      const char *office = find_office (offices, argv[i], error);

      if (office == NULL)
        return FALSE;
      g_ptr_array_add (chosen, (gpointer)office);
    }
  g_ptr_array_add (chosen, NULL);
  return mc_desk_transfer (ctl->desk, id, (const char *const *)chosen->pdata, NULL, error);
}

gboolean
mc_ctl_export (McCtl *ctl, int argc, char **argv, GError **error)
{
  guint count = 0;

  if (!mc_store_export_waiting (ctl->store, argv[0], &count, error))
    return FALSE;
  mc_ctl_print (ctl, json_pack ("{s:i}", "changes", (int)count));
  return TRUE;
}

gboolean
mc_ctl_carry (McCtl *ctl, int argc, char **argv, GError **error)
{
  McCarried carried = { 0 };

  if (!mc_store_carry_file (ctl->store, argv[0], &carried, error))
    return FALSE;
  mc_ctl_print (ctl,
                json_pack ("{s:i,s:i,s:i}",
                           "taken",
                           (int)carried.taken,
                           "known",
                           (int)carried.known,
                           "bad",
                           (int)carried.bad));
  return TRUE;
}
