/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A helper of the community digital team prepares with the resident, who agrees to it: no code, no
 * receipt, no legal clock. What is prepared lies among the drafts of every desk of the office; a
 * clerk opens it there and receives it with the key that receives everything.
 */
#include "mc-preparation.h"
#include "mc-reception-field.h"
#include "mc-reception-private.h"
#include <glib/gi18n.h>

gboolean
mc_reception_prepares (McReceptionPage *self)
{
  return self->context != NULL && self->context->staff != NULL &&
         self->context->staff->role == MC_ROLE_HELPER;
}

static gboolean
consented (McReceptionPage *self)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->prepare.consent));
}

void
mc_reception_prepare_get (McReceptionPage *self, json_t *reception)
{
  const McStaff *staff = self->context->staff;
  json_t *prepared = self->prepare.by != NULL ? json_copy (self->prepare.by) : json_object ();

  if (mc_reception_prepares (self))
    {
      json_object_set_new (prepared, "by", json_string (staff->id));
      json_object_set_new (prepared, "name", json_string (staff->name));
      json_object_set_new (prepared, "consent", json_boolean (consented (self)));
    }
  if (json_object_size (prepared) > 0)
    json_object_set (reception, "prepared", prepared);
  json_decref (prepared);
}

void
mc_reception_prepare_put (McReceptionPage *self, const json_t *reception)
{
  json_t *by = json_object_get (reception, "prepared");

  g_clear_pointer (&self->prepare.by, json_decref);
  if (json_is_object (by))
    self->prepare.by = json_incref (by);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->prepare.consent),
                               mc_json_bool (by, "consent", FALSE));
}

GtkWidget *
mc_reception_prepare_bad (McReceptionPage *self)
{
  return mc_reception_prepares (self) && !consented (self) ? self->prepare.consent : NULL;
}

typedef struct
{
  json_t *reception;
  char *draft; /* (nullable) */
} Prepared;

static void
prepared_free (gpointer data)
{
  Prepared *prepared = data;

  json_decref (prepared->reception);
  g_free (prepared->draft);
  g_free (prepared);
}

static gpointer
work_prepare (McDesk *desk, gpointer data, GError **error)
{
  Prepared *prepared = data;
  gboolean ok = mc_desk_prepare (desk, prepared->draft, prepared->reception, error);

  if (ok)
    mc_store_mark_changed (mc_desk_store (desk));
  return GINT_TO_POINTER (ok);
}

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McReceptionPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *name = NULL;

  (void)mc_worker_finish (MC_WORKER (source), result, &error);
  self->saving = FALSE;
  if (self->stack == NULL)
    return;
  if (error != NULL)
    {
      /* What was typed is still there, and a draft again from the next key on. */
      self->draft.dirty = TRUE;
      sentence = mc_error_sentence (error);
      mc_reception_fail (self, sentence);
      return;
    }
  if (self->context->syncer != NULL)
    mc_syncer_wake (self->context->syncer, FALSE);
  name = mc_reception_field_text (self->applicant.name);
  /* TRANSLATORS: full name of the resident */
  sentence =
      g_strdup_printf (_ ("Prepared for %s: a clerk of the office finds it under Drafts."), name);
  mc_reception_reset (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", sentence);
}

void
mc_reception_prepare_run (McReceptionPage *self)
{
  Prepared *prepared = g_new0 (Prepared, 1);

  prepared->reception = mc_reception_get (self);
  prepared->draft = g_strdup (self->draft.id);
  json_object_del (prepared->reception, "typed");
  g_clear_handle_id (&self->draft.source, g_source_remove);
  self->saving = TRUE;
  mc_worker_run (self->context->worker,
                 work_prepare,
                 prepared,
                 prepared_free,
                 NULL,
                 NULL,
                 on_prepared,
                 g_object_ref (self));
}

static void
on_consent (McReceptionPage *self)
{
  if (!self->loading)
    mc_reception_changed (self);
}

GtkWidget *
mc_reception_prepare_build (McReceptionPage *self)
{
  self->prepare.consent =
      gtk_check_button_new_with_label (_ ("The resident agrees that this is prepared for them"));
  gtk_widget_set_visible (self->prepare.consent, mc_reception_prepares (self));
  g_signal_connect_swapped (self->prepare.consent, "toggled", G_CALLBACK (on_consent), self);
  return self->prepare.consent;
}
