/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-dossier-words.h"

#include "mc-applicant.h"
#include "mc-format.h"
#include "mc-group.h"
#include "mc-words.h"
#include <glib/gi18n.h>
#include <string.h>

static json_t *
part_json (McRecord *record, const char *part)
{
  g_autofree char *group = g_strconcat (MC_GROUP_PART_PREFIX, part, NULL);

  return mc_record_json (record, group);
}

static gboolean
handed_in (const json_t *part)
{
  return mc_json_bool (part, "ticked", FALSE) || mc_json_int (part, "originals", 0) > 0 ||
         mc_json_int (part, "certified", 0) > 0 || mc_json_int (part, "copies", 0) > 0 ||
         json_is_object (json_object_get (part, "document"));
}

char *
mc_dossier_person (McRecord *record)
{
  const json_t *applicant = mc_record_peek (record, MC_GROUP_APPLICANT);
  const char *name = mc_json_string (applicant, "name");
  const char *owner = mc_applicant_owner_name (applicant);

  if (mc_applicant_for (applicant) == NULL || owner == NULL)
    return g_strdup (name != NULL ? name : "");
  /* TRANSLATORS: who handed it in, whose dossier it is */
  return g_strdup_printf (_ ("%s, for %s"), name != NULL ? name : "", owner);
}

char *
mc_dossier_papers (McRecord *record, const McProcedure *procedure)
{
  guint needed = 0;
  guint there = 0;

  g_return_val_if_fail (record != NULL, NULL);

  for (guint i = 0; procedure != NULL && i < procedure->parts->len; i++)
    {
      McPart *part = g_ptr_array_index (procedure->parts, i);
      g_autoptr (json_t) value = part_json (record, part->id);
      gboolean in = handed_in (value);

      needed += part->required || in;
      there += in;
    }
  return g_strdup_printf (_ ("Papers %u/%u"), there, needed);
}

gboolean
mc_dossier_fee_open (McRecord *record, gint64 *ret_amount)
{
  g_return_val_if_fail (record != NULL, FALSE);

  g_autoptr (json_t) fee = mc_record_json (record, MC_GROUP_FEE);
  gint64 amount = mc_json_int (fee, "amount", 0);
  const char *kind = mc_json_string (fee, "kind");

  if (ret_amount != NULL)
    *ret_amount = amount;
  if (json_object_get (fee, "taken") != NULL)
    return FALSE;
  return amount > 0 || (kind != NULL && !g_str_equal (kind, "none"));
}

char *
mc_dossier_fee (McRecord *record)
{
  g_return_val_if_fail (record != NULL, NULL);

  g_autoptr (json_t) fee = mc_record_json (record, MC_GROUP_FEE);
  json_t *taken = json_object_get (fee, "taken");
  gint64 amount = 0;

  if (taken != NULL)
    {
      g_autofree char *money = mc_format_money (json_integer_value (taken));
      return g_strdup_printf (_ ("Fee %s taken"), money);
    }
  if (!mc_dossier_fee_open (record, &amount))
    return g_strdup (_ ("No fee"));
  if (amount == 0)
    return g_strdup (_ ("Fee not known yet"));
  g_autofree char *money = mc_format_money (amount);
  return g_strdup_printf (_ ("Fee %s not taken"), money);
}

char *
mc_dossier_place (const McRow *row)
{
  g_return_val_if_fail (row != NULL, NULL);

  const char *name = row->procedure_name != NULL ? row->procedure_name : row->procedure;

  /* What ended without a result is on no way any more. */
  if (!mc_state_open (row->state) && g_strcmp0 (row->state, MC_STATE_RETURNED) != 0)
    return g_strdup (name);
  return g_strdup_printf (_ ("%s · step %u/4"), name, mc_words_place (row->state));
}

char *
mc_dossier_state (McStore *store, const McRow *row)
{
  g_return_val_if_fail (store != NULL && row != NULL, NULL);

  g_autoptr (McStaff) staff = row->assignee != NULL && mc_state_open (row->state)
                                  ? mc_store_staff (store, row->assignee)
                                  : NULL;

  if (staff == NULL)
    return g_strdup (mc_words_state (row->state));
  return g_strdup_printf ("%s · %s", mc_words_state (row->state), staff->name);
}

void
mc_paper_free (McPaper *paper)
{
  if (paper == NULL)
    return;
  g_free (paper->key);
  g_free (paper->part);
  g_free (paper->title);
  g_free (paper->sha256);
  g_free (paper);
}

static void
add_paper (GPtrArray *scans, const char *part, const char *title, json_t *document, gsize place)
{
  const char *sha256 = mc_json_string (document, "sha256");

  if (sha256 == NULL)
    return;
  McPaper *paper = g_new0 (McPaper, 1);
  paper->key = place == 1 ? g_strdup (part) : g_strdup_printf ("%s %zu", part, place);
  paper->part = g_strdup (part);
  /* TRANSLATORS: a paper, and which of its scans */
  paper->title =
      place == 1 ? g_strdup (title) : g_strdup_printf (_ ("%s (scan %zu)"), title, place);
  paper->sha256 = g_strdup (sha256);
  g_ptr_array_add (scans, paper);
}

/* Scans kept side by side after two people added one each come one after the other. */
static void
add_scan (GPtrArray *scans, McRecord *record, const char *part, const char *title)
{
  g_autoptr (json_t) value = part_json (record, part);
  json_t *also = json_object_get (value, "also");

  add_paper (scans, part, title, json_object_get (value, "document"), 1);
  for (gsize i = 0; i < json_array_size (also); i++)
    add_paper (scans, part, title, json_array_get (also, i), i + 2);
}

GPtrArray *
mc_dossier_scans (McRecord *record, const McProcedure *procedure)
{
  GPtrArray *scans = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_paper_free);
  GHashTableIter iter;
  gpointer name;

  g_return_val_if_fail (record != NULL, scans);

  for (guint i = 0; procedure != NULL && i < procedure->parts->len; i++)
    {
      McPart *part = g_ptr_array_index (procedure->parts, i);
      add_scan (scans, record, part->id, part->name);
    }
  /* Parts that the catalogue of today does not name any more keep their scans. */
  g_hash_table_iter_init (&iter, record->groups);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_str_has_prefix (name, MC_GROUP_PART_PREFIX))
      {
        const char *part = (const char *)name + strlen (MC_GROUP_PART_PREFIX);
        if (procedure == NULL || mc_procedure_part (procedure, part) == NULL)
          {
            g_autofree char *title = mc_words_group (name, procedure);
            add_scan (scans, record, part, title);
          }
      }
  return scans;
}
