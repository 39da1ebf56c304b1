/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-relatives.h"

#include "mc-due-words.h"
#include "mc-format.h"
#include "mc-linked.h"
#include "mc-words.h"
#include <glib/gi18n.h>

static GtkWidget *
line (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css);
  return label;
}

static void
add (GtkBox *box, const char *id, const char *title, const char *detail)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *spoken = g_strdup_printf ("%s. %s", title, detail);

  gtk_box_append (GTK_BOX (words), line (title, "body"));
  gtk_box_append (GTK_BOX (words), line (detail, "dim-label"));
  gtk_button_set_child (GTK_BUTTON (button), words);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-dossier");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken,
                                  -1);
  gtk_box_append (box, button);
}

static void
add_child (GtkBox *box, McStore *store, const McCalendar *calendar, const McChild *child)
{
  g_autofree char *title = g_strdup_printf ("%s · %s", child->title, child->body);
  g_autofree char *code = mc_words_short_code (child->code);
  g_autofree char *due = NULL;
  g_autoptr (GString) detail = g_string_new (NULL);

  if (child->state == NULL)
    {
      GtkWidget *label = line (title, "body");
      g_autofree char *unseen =
          g_strdup_printf ("%s\n%s", title, _ ("This dossier is not seen on this machine."));

      gtk_label_set_text (GTK_LABEL (label), unseen);
      gtk_box_append (box, label);
      return;
    }
  due = mc_due_words (calendar, mc_store_now (store), child->due, child->state, NULL);
  g_string_append_printf (detail, "%s · %s", code, mc_words_state (child->state));
  if (due != NULL && due[0] != '\0')
    g_string_append_printf (detail, " · %s", due);
  if (child->offices != NULL)
    g_string_append_printf (detail, " · %s", child->offices);
  add (box, child->id, title, detail->str);
}

void
mc_relatives_fill (GtkBox *box, McContext *context, const McDossier *dossier)
{
  McStore *store = context->reader;
  g_autoptr (GPtrArray) children = mc_store_children (store, dossier->record);
  const json_t *parent = mc_linked_parent (dossier->record);
  g_autoptr (McCalendar) calendar = mc_store_calendar (store, NULL);
  GtkWidget *old;

  while ((old = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, old);
  gtk_widget_set_visible (GTK_WIDGET (box), children->len > 0 || parent != NULL);
  for (guint i = 0; i < children->len; i++)
    add_child (box, store, calendar, children->pdata[i]);
  if (parent != NULL)
    {
      g_autofree char *code = mc_words_short_code (mc_json_string (parent, "code"));
      g_autofree char *whole = g_strdup_printf (_ ("Part of the interlinked dossier %s"), code);

      add (box, mc_json_string (parent, "id"), whole, mc_json_string (parent, "title"));
    }
}

char *
mc_relatives_words (McStore *store, const char *id)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (store, id, NULL);
  g_autoptr (GPtrArray) children =
      dossier != NULL ? mc_store_children (store, dossier->record) : NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      const McChild *child = children->pdata[i];
      g_autoptr (GDateTime) due = child->due != NULL ? mc_local_parse (child->due) : NULL;
      g_autofree char *promise = due != NULL ? mc_format_promise (due) : NULL;

      g_string_append_printf (words,
                              "%s%s (%s)%s%s",
                              i > 0 ? "\n" : "",
                              child->title,
                              child->body,
                              promise != NULL ? ": " : "",
                              promise != NULL ? promise : "");
    }
  return words->len > 0 ? g_strdup (words->str) : NULL;
}
