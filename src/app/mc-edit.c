/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-edit.h"

#include "mc-act.h"
#include "mc-window.h"
#include "mc-words.h"
#include <glib/gi18n.h>

struct _McEdit
{
  GObject parent_instance;
  McContext *context;
  char *group;
  char *dossier; /* NULL until it has looked at one */
  json_t *shown; /* what is on the screen */
  json_t *base;  /* the ops behind it */
  guint saving;  /* edits on their way */
  McTyped *typed;
  guint typings; /* how often something was typed */
};

G_DEFINE_FINAL_TYPE (McEdit, mc_edit, G_TYPE_OBJECT)

static void
mc_edit_finalize (GObject *object)
{
  McEdit *edit = MC_EDIT (object);

  json_decref (edit->shown);
  json_decref (edit->base);
  g_clear_object (&edit->typed);
  g_free (edit->group);
  g_free (edit->dossier);
  G_OBJECT_CLASS (mc_edit_parent_class)->finalize (object);
}

static void
mc_edit_class_init (McEditClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mc_edit_finalize;
}

static void
mc_edit_init (McEdit *edit)
{
}

McEdit *
mc_edit_new (McContext *context, const char *group, McTyped *typed)
{
  g_return_val_if_fail (context != NULL && group != NULL, NULL);

  McEdit *edit = g_object_new (MC_TYPE_EDIT, NULL);
  edit->context = context;
  edit->group = g_strdup (group);
  g_set_object (&edit->typed, typed);
  return edit;
}

gboolean
mc_edit_ready (McEdit *edit)
{
  g_return_val_if_fail (MC_IS_EDIT (edit), FALSE);
  return edit->dossier != NULL;
}

json_t *
mc_edit_shown (McEdit *edit)
{
  g_return_val_if_fail (MC_IS_EDIT (edit), NULL);
  return edit->shown;
}

gboolean
mc_edit_look (McEdit *edit, McRecord *record, gboolean typing)
{
  g_return_val_if_fail (MC_IS_EDIT (edit) && record != NULL, FALSE);

  g_autoptr (json_t) stands = mc_record_json (record, edit->group);
  gboolean same = stands != NULL && edit->shown != NULL && json_equal (stands, edit->shown);

  if (edit->saving > 0 || (typing && !same))
    return FALSE;
  g_free (edit->dossier);
  edit->dossier = g_strdup (record->id);
  json_decref (edit->shown);
  edit->shown = g_steal_pointer (&stands);
  json_decref (edit->base);
  edit->base = mc_record_base (record, edit->group, FALSE);
  return TRUE;
}

void
mc_edit_typing (McEdit *edit, json_t *texts)
{
  g_return_if_fail (MC_IS_EDIT (edit));

  edit->typings++;
  if (edit->typed == NULL || edit->base == NULL)
    json_decref (texts);
  else if (texts == NULL && edit->saving == 0)
    mc_typed_set (edit->typed, edit->group, NULL);
  else if (texts != NULL)
    mc_typed_set (
        edit->typed,
        edit->group,
        json_pack ("{s:o,s:O*,s:O}", "texts", texts, "shown", edit->shown, "base", edit->base));
}

json_t *
mc_edit_resume (McEdit *edit)
{
  json_t *kept;
  json_t *base;

  g_return_val_if_fail (MC_IS_EDIT (edit), NULL);

  kept = edit->typed != NULL ? mc_typed_kept (edit->typed, edit->group) : NULL;
  base = json_object_get (kept, "base");
  if (edit->dossier == NULL || !json_is_array (base) ||
      !json_is_object (json_object_get (kept, "texts")))
    return NULL;
  /* It was typed over what stood then: a save says so. */
  json_decref (edit->shown);
  edit->shown = json_incref (json_object_get (kept, "shown"));
  json_decref (edit->base);
  edit->base = json_incref (base);
  return json_object_get (kept, "texts");
}

/* Save: one edit on its way to the disk and what it replaces. */
typedef struct
{
  McEdit *edit;
  json_t *old;
  json_t *value;
  GtkWidget *window;
  guint typings; /* what was typed until then is in it */
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->edit);
  json_decref (save->old);
  json_decref (save->value);
  g_clear_object (&save->window);
  g_free (save);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

static void
say_done (Save *save)
{
  McEdit *edit = save->edit;
  g_autofree char *what = mc_words_difference (edit->group, save->old, save->value, NULL);
  g_autofree char *text =
      g_strdup_printf (_ ("%s changed. Saved on this machine, sent when there is a network."),
                       what);

  if (save->window != NULL)
    mc_window_did (save->window, text, edit->dossier, edit->group, save->old);
}

static void
kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Save) save = data;
  McEdit *edit = save->edit;
  g_autoptr (GError) error = NULL;

  edit->saving--;
  if (mc_act_finish (edit->context, result, &error))
    {
      if (edit->typed != NULL && edit->typings == save->typings)
        mc_typed_set (edit->typed, edit->group, NULL);
      say_done (save);
      return;
    }
  /* The fields, where they are still there, are edited again; where not, the window has it. */
  if (edit->saving == 0)
    {
      json_decref (edit->shown);
      edit->shown = json_incref (save->old);
    }
  if (save->window != NULL)
    mc_window_failed (save->window, error, edit->dossier, edit->group, save->value);
}

void
mc_edit_put (McEdit *edit, json_t *value, GtkWidget *window)
{
  g_return_if_fail (MC_IS_EDIT (edit) && edit->dossier != NULL && value != NULL);

  Save *save = g_new0 (Save, 1);
  save->edit = g_object_ref (edit);
  save->old = edit->shown;
  save->value = mc_json_clean (value);
  save->typings = edit->typings;
  g_set_object (&save->window, window);
  edit->saving++;
  /* As it is written in the op, so that it is known again. */
  edit->shown = json_incref (save->value);
  mc_act_set (edit->context,
              edit->dossier,
              edit->group,
              save->value,
              save->old,
              edit->base,
              kept,
              save);
}
