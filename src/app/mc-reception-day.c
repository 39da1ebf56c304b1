/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The day to be promised, where the catalogue has no time for the case or one that nobody has
 * checked. A receipt binds the office (form 01, TT 03/2025: time of return), so it never bears a
 * guess: whoever receives says the day, from the decision that published the procedure.
 */
#include "mc-reception-date.h"
#include "mc-reception-field.h"
#include "mc-reception-private.h"
#include <glib/gi18n.h>
#include <string.h>

#define CLOSING "T17:00"
#define DAY_LENGTH 10
#define YEARS_MAX 3

gboolean
mc_reception_day_unchecked (McReceptionPage *self)
{
  const McProcedure *procedure = self->procedure.chosen;
  const McCase *the_case = mc_reception_procedure_case (self);

  return procedure != NULL && the_case != NULL && the_case->has_term &&
         the_case->promise_source == NULL && mc_procedure_doubts (procedure, "time");
}

static gboolean
is_asked (McReceptionPage *self)
{
  const McCase *the_case = mc_reception_procedure_case (self);

  return the_case != NULL &&
         ((!the_case->has_term && !the_case->has_promise) || mc_reception_day_unchecked (self));
}

/* "2026-11-25T17:00"; NULL where it is no day to come. */
static char *
due_of (McReceptionPage *self)
{
  g_autofree char *day =
      mc_reception_date_parse (gtk_editable_get_text (GTK_EDITABLE (self->fee.day)));
  g_autofree char *text = day != NULL ? g_strconcat (day, CLOSING, NULL) : NULL;
  g_autoptr (GDateTime) due = NULL;
  g_autoptr (GDateTime) now = mc_local (mc_store_now (self->context->reader));
  g_autoptr (GDateTime) last = g_date_time_add_years (now, YEARS_MAX);

  if (day == NULL || strlen (day) != DAY_LENGTH)
    return NULL;
  due = mc_local_parse (text);
  if (due == NULL || g_date_time_compare (due, now) <= 0 || g_date_time_compare (due, last) > 0)
    return NULL;
  return g_steal_pointer (&text);
}

GtkWidget *
mc_reception_day_bad (McReceptionPage *self)
{
  g_autofree char *due = is_asked (self) ? due_of (self) : NULL;

  return is_asked (self) && due == NULL ? self->fee.day : NULL;
}

void
mc_reception_day_rule (McReceptionPage *self)
{
  gtk_widget_set_visible (self->fee.day_field, is_asked (self));
  gtk_editable_set_text (GTK_EDITABLE (self->fee.day), "");
  mc_reception_field_hint (self->fee.day, NULL);
}

static void
on_day (gpointer entry, gpointer data)
{
  McReceptionPage *self = data;

  if (!self->loading)
    mc_reception_changed (self);
}

static void
on_left (McReceptionPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->fee.day));

  mc_reception_field_hint (self->fee.day,
                           *text != '\0' && mc_reception_day_bad (self) != NULL
                               ? _ ("A whole day that is still to come: 25/11/2026.")
                               : NULL);
}

GtkWidget *
mc_reception_day_build (McReceptionPage *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->fee.day = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->fee.day), 11);
  mc_reception_field_only (self->fee.day, "0123456789/-. ");
  mc_reception_field_watch (self->fee.day, on_day, self);
  self->fee.day_field =
      mc_reception_field_new (_ ("Day promised, from the decision that published it"),
                              self->fee.day);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_left), self);
  gtk_widget_add_controller (self->fee.day, focus);
  gtk_widget_set_visible (self->fee.day_field, FALSE);
  return self->fee.day_field;
}

void
mc_reception_day_get (McReceptionPage *self, json_t *reception)
{
  g_autofree char *due = is_asked (self) ? due_of (self) : NULL;

  if (due != NULL)
    json_object_set_new (reception, "due", json_string (due));
}

void
mc_reception_day_put (McReceptionPage *self, const json_t *reception)
{
  g_autoptr (GDateTime) due = mc_local_parse (mc_json_string (reception, "due"));
  const char *typed = mc_json_string (json_object_get (reception, "typed"), "day");
  g_autofree char *text = due != NULL ? g_date_time_format (due, "%d/%m/%Y") : g_strdup (typed);

  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->fee.day), text);
}
