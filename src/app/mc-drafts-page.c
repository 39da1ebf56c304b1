/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-drafts-page.h"

#include "mc-act.h"
#include "mc-ask.h"
#include "mc-moment.h"
#include "mc-page.h"
#include "mc-queue-words.h"
#include "mc-waiting-words.h"
#include "mc-window.h"
#include <glib/gi18n.h>

struct _McDraftsPage
{
  GtkWidget parent_instance;
  McContext *context;

  GtkStack *stack;
  AdwStatusPage *empty;
  GtkListBox *list;
};

static void page_init (McPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (McDraftsPage,
                               mc_drafts_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MC_TYPE_PAGE, page_init))

static void
dropped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McDraftsPage) page = data;
  g_autoptr (GError) error = NULL;

  if (!mc_act_finish (page->context, result, &error))
    mc_window_say_error (GTK_WIDGET (page), error);
}

static void
drop_answered (AdwMessageDialog *dialog, const char *response, McDraftsPage *page)
{
  const char *draft = g_object_get_data (G_OBJECT (dialog), "mc-draft");

  if (g_str_equal (response, "do"))
    mc_act_drop_draft (page->context, draft, dropped, g_object_ref (page));
}

static void
drop_clicked (GtkButton *button, McDraftsPage *page)
{
  AdwMessageDialog *dialog = mc_ask_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                                         _ ("Throw this draft away?"),
                                         _ ("What was typed in it cannot be brought back."),
                                         _ ("Throw the draft away"),
                                         TRUE);

  g_object_set_data_full (G_OBJECT (dialog),
                          "mc-draft",
                          g_strdup (g_object_get_data (G_OBJECT (button), "mc-draft")),
                          g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (drop_answered), page, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
row_activated (McDraftsPage *page, GtkListBoxRow *row)
{
  const char *dossier = g_object_get_data (G_OBJECT (row), "mc-dossier");
  const char *draft = g_object_get_data (G_OBJECT (row), "mc-draft");
  const char *action = g_object_get_data (G_OBJECT (row), "mc-action");

  gtk_widget_activate_action (GTK_WIDGET (page), action, "s", dossier != NULL ? dossier : draft);
}

/* What a row says and what it opens. */
typedef struct
{
  char *title;
  char *subtitle;
  const char *dossier; /* typed into this one, or into this refused work; NULL: a reception */
  const char *action;
} Words;

static void
words_clear (Words *words)
{
  g_free (words->title);
  g_free (words->subtitle);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

/* What a helper prepared and a clerk has received: said to the helper. */
static Words
received_words (const json_t *prepared, const char *at)
{
  const char *code = mc_json_string (json_object_get (prepared, "ended"), "code");

  return (Words){
    .title = g_strdup_printf (_ ("Received by a clerk: %s"), code != NULL ? code : ""),
    /* TRANSLATORS: a time */
    .subtitle = g_strdup_printf (_ ("prepared %s"), at),
  };
}

/* A procedure of the catalogue that is being corrected, or added. */
static Words
own_words (const json_t *own, const char *at)
{
  const char *name = mc_json_string (json_object_get (own, "form"), "name");

  return (Words){
    .title = g_strdup (name != NULL && *name != '\0' ? name : _ ("No name typed yet")),
    /* TRANSLATORS: a time */
    .subtitle = g_strdup_printf (_ ("a procedure of this office, not saved yet · %s"), at),
    .action = "win.open-own-draft",
  };
}

static Words
reception_words (McStore *store, json_t *reception, const char *at)
{
  const char *name = mc_json_string (json_object_get (reception, "applicant"), "name");
  const char *code = mc_json_string (reception, "procedure");
  g_autoptr (McProcedure) procedure = code != NULL ? mc_store_procedure (store, code, NULL) : NULL;
  const char *title = name != NULL && name[0] != '\0' ? name : _ ("No name typed yet");
  const char *helper = mc_json_string (json_object_get (reception, "prepared"), "name");
  g_autofree char *prepared =
      /* TRANSLATORS: full name of a helper */
      helper != NULL ? g_strdup_printf (_ (" · prepared by %s"), helper) : g_strdup ("");

  return (Words){
    .title = g_strdup (title),
    .subtitle =
        g_strdup_printf ("%s · %s%s",
                         procedure != NULL ? procedure->name : _ ("no procedure chosen yet"),
                         at,
                         prepared),
    .action = "win.open-draft",
  };
}

/* The refused work with this id, or NULL. */
static McWaiting *
refused_of (McStore *store, const char *op)
{
  g_autoptr (GPtrArray) refused = mc_store_refused (store, NULL);

  for (guint i = 0; refused != NULL && i < refused->len; i++)
    if (g_strcmp0 (((McWaiting *)refused->pdata[i])->op, op) == 0)
      return g_ptr_array_steal_index (refused, i);
  return NULL;
}

static Words
correction_words (const McWaiting *refused, const char *op, const char *at, gint64 now_ms)
{
  g_autofree char *sentence = mc_waiting_sentence (refused, now_ms);

  return (Words){
    .title = g_strdup (refused->applicant != NULL ? refused->applicant : refused->code),
    .subtitle = g_strdup_printf ("%s: %s · %s", _ ("corrected, not sent again yet"), sentence, at),
    .dossier = op,
    .action = "win.correct",
  };
}

static Words
typed_words (McStore *store, json_t *typed, const char *at)
{
  const char *id = mc_json_string (typed, "dossier");
  g_autoptr (McDossier) dossier = mc_store_dossier (store, id, NULL);
  g_autoptr (McStaff) by = mc_store_staff (store, mc_json_string (typed, "by"));
  /* TRANSLATORS: a person and the code of a dossier */
  g_autofree char *what = g_strdup_printf (_ ("typed by %s into dossier %s, not saved yet"),
                                           by != NULL ? by->name : "",
                                           dossier != NULL ? dossier->row->code : "");

  return (Words){
    .title = g_strdup (dossier != NULL ? dossier->row->applicant : _ ("No name typed yet")),
    .subtitle = g_strdup_printf ("%s · %s", what, at),
    .dossier = id,
    .action = "win.open-dossier",
  };
}

static GtkWidget *
new_drop (McDraftsPage *page, const char *id)
{
  GtkWidget *drop = gtk_button_new_from_icon_name ("user-trash-symbolic");

  g_object_set_data_full (G_OBJECT (drop), "mc-draft", g_strdup (id), g_free);
  gtk_widget_set_valign (drop, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (drop, "flat");
  gtk_widget_set_tooltip_text (drop, _ ("Throw the draft away"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Throw the draft away"),
                                  -1);
  g_signal_connect (drop, "clicked", G_CALLBACK (drop_clicked), page);
  return drop;
}

static GtkWidget *
new_row (McDraftsPage *page, json_t *draft, gint64 now_ms)
{
  McStore *store = page->context->reader;
  json_t *reception = json_object_get (draft, "reception");
  const char *id = mc_json_string (draft, "id");
  g_autofree char *at = mc_moment_words (mc_json_int (draft, "at", 0), now_ms);
  const char *typed = mc_json_string (reception, "dossier");
  McWaiting *refused = typed != NULL ? refused_of (store, typed) : NULL;
  const json_t *prepared = json_object_get (reception, "prepared");
  const json_t *own = json_object_get (reception, "own");
  gboolean ended = json_object_get (prepared, "ended") != NULL;
  g_auto (Words) words = own != NULL       ? own_words (own, at)
                         : ended           ? received_words (prepared, at)
                         : refused != NULL ? correction_words (refused, typed, at, now_ms)
                         : typed != NULL   ? typed_words (store, reception, at)
                                           : reception_words (store, reception, at);
  g_autofree char *title_markup = g_markup_escape_text (words.title, -1);
  g_autofree char *subtitle_markup = g_markup_escape_text (words.subtitle, -1);
  GtkWidget *row = adw_action_row_new ();

  mc_waiting_free (refused);
  g_object_set_data (G_OBJECT (row), "mc-action", (gpointer)words.action);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle_markup);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), words.action != NULL);
  g_object_set_data_full (G_OBJECT (row), "mc-draft", g_strdup (id), g_free);
  g_object_set_data_full (G_OBJECT (row), "mc-dossier", g_strdup (words.dossier), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words.title,
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_drop (page, id));
  return row;
}

static gpointer
work_drafts (McDesk *desk, gpointer data, GError **error)
{
  return mc_desk_drafts (desk, error);
}

static void
listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McDraftsPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) drafts = mc_worker_finish (MC_WORKER (source), result, &error);
  GtkWidget *child;
  gsize i;
  json_t *draft;

  if (page->stack == NULL)
    return;
  if (drafts == NULL)
    {
      mc_window_say_error (GTK_WIDGET (page), error);
      return;
    }
  gint64 now = mc_store_now (page->context->reader);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (page->list))) != NULL)
    gtk_list_box_remove (page->list, child);
  json_array_foreach (drafts, i, draft)
      gtk_list_box_append (page->list, new_row (page, draft, now));
  gtk_stack_set_visible_child_name (page->stack, json_array_size (drafts) > 0 ? "list" : "empty");
}

static void
drafts_page_refresh (McPage *widget)
{
  McDraftsPage *page = MC_DRAFTS_PAGE (widget);

  mc_worker_run (page->context->worker,
                 work_drafts,
                 NULL,
                 NULL,
                 (GDestroyNotify)json_decref,
                 NULL,
                 listed,
                 g_object_ref (page));
}

static const char *
drafts_page_help (McPage *page)
{
  return _ (
      "Receptions that were begun and not finished, and what was typed into a dossier and not "
      "saved. They keep themselves; Enter goes on with one.");
}

static void
page_init (McPageInterface *iface)
{
  iface->refresh = drafts_page_refresh;
  iface->help = drafts_page_help;
}

static void
mc_drafts_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MC_TYPE_DRAFTS_PAGE);
  G_OBJECT_CLASS (mc_drafts_page_parent_class)->dispose (object);
}

static void
mc_drafts_page_class_init (McDraftsPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_drafts_page_dispose;
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/vn/motcua/MotCua/mc-drafts-page.ui");
  gtk_widget_class_bind_template_child (widget, McDraftsPage, stack);
  gtk_widget_class_bind_template_child (widget, McDraftsPage, empty);
  gtk_widget_class_bind_template_child (widget, McDraftsPage, list);
  gtk_widget_class_bind_template_callback (widget, row_activated);
}

static void
mc_drafts_page_init (McDraftsPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  adw_status_page_set_description (page->empty, mc_queue_empty (MC_QUEUE_DRAFT));
}

GtkWidget *
mc_drafts_page_new (McContext *context)
{
  g_return_val_if_fail (context != NULL, NULL);

  McDraftsPage *page = g_object_new (MC_TYPE_DRAFTS_PAGE, NULL);
  page->context = context;
  return GTK_WIDGET (page);
}
