/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A helper of the community digital team prepares with the resident, who agrees to it: no code, no
 * receipt, no legal clock. What is prepared lies among the drafts of this machine; a clerk opens it
 * there and receives it with the key that receives everything.
 */
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

  if (mc_reception_prepares (self))
    json_object_set_new (reception,
                         "prepared",
                         json_pack ("{s:s,s:s,s:b}",
                                    "by",
                                    staff->id,
                                    "name",
                                    staff->name,
                                    "consent",
                                    consented (self)));
  else if (self->prepare.by != NULL)
    json_object_set (reception, "prepared", self->prepare.by);
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

void
mc_reception_prepare_run (McReceptionPage *self)
{
  g_autofree char *name = mc_reception_field_text (self->applicant.name);
  g_autofree char *sentence =
      /* TRANSLATORS: full name of the resident */
      g_strdup_printf (_ ("Prepared for %s: a clerk finds it under Drafts and receives it."), name);

  self->draft.dirty = TRUE;
  mc_reception_draft_now (self);
  mc_reception_reset (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", sentence);
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
