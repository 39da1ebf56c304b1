/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-focus.h"
#include "mc-page.h"
#include "mc-reception-field.h"
#include "mc-reception-private.h"
#include "mc-signal.h"
#include <glib/gi18n.h>

static void mc_reception_page_iface (McPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (McReceptionPage,
                               mc_reception_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (MC_TYPE_PAGE, mc_reception_page_iface))

enum
{
  SAVED,
  CLOSED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* Half a date is no date and half a query finds nothing yet, but a draft keeps them. */
static json_t *
half_typed (McReceptionPage *self)
{
  const struct
  {
    const char *key;
    GtkWidget *entry;
    gboolean half;
  } fields[] = {
    { "dob", self->applicant.dob, mc_reception_applicant_bad (self) != NULL },
    { "day", self->fee.day, mc_reception_day_bad (self) != NULL },
    { "search", self->procedure.search, self->procedure.chosen == NULL },
  };
  json_t *typed = json_object ();

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *text = fields[i].half ? mc_reception_field_text (fields[i].entry) : NULL;

      if (text != NULL && *text != '\0')
        json_object_set_new (typed, fields[i].key, json_string (text));
    }
  return typed;
}

json_t *
mc_reception_get (McReceptionPage *self)
{
  json_t *reception = json_object ();
  json_t *typed = half_typed (self);

  mc_reception_applicant_get (self, reception);
  mc_reception_procedure_get (self, reception);
  mc_reception_parts_get (self, reception);
  mc_reception_fee_get (self, reception);
  mc_reception_more_get (self, reception);
  mc_reception_prepare_get (self, reception);
  if (self->instead != NULL)
    json_object_set_new (reception, "instead", json_string (self->instead));
  if (json_object_size (typed) > 0)
    json_object_set_new (reception, "typed", typed);
  else
    json_decref (typed);
  return reception;
}

void
mc_reception_put (McReceptionPage *self, const json_t *reception)
{
  const char *search = mc_json_string (json_object_get (reception, "typed"), "search");

  self->loading = TRUE;
  g_free (self->instead);
  self->instead = g_strdup (mc_json_string (reception, "instead"));
  gtk_editable_set_text (GTK_EDITABLE (self->procedure.search), search != NULL ? search : "");
  mc_reception_applicant_put (self, reception);
  mc_reception_procedure_put (self, reception);
  mc_reception_parts_put (self, reception);
  mc_reception_fee_put (self, reception);
  mc_reception_more_put (self, reception);
  mc_reception_prepare_put (self, reception);
  self->loading = FALSE;
  mc_reception_search_run (self);
  mc_reception_foot (self);
}

gboolean
mc_reception_blank (McReceptionPage *self)
{
  g_autoptr (json_t) reception = mc_reception_get (self);

  return json_object_size (json_object_get (reception, "applicant")) == 0 &&
         json_object_get (reception, "contact") == NULL &&
         json_object_get (reception, "subject") == NULL &&
         mc_json_string (json_object_get (reception, "typed"), "dob") == NULL &&
         self->procedure.chosen == NULL && mc_reception_more_count (self) == 0;
}

void
mc_reception_reset (McReceptionPage *self)
{
  g_autoptr (json_t) nothing = json_object ();

  mc_reception_draft_forget (self);
  mc_reception_known_clear (self);
  g_clear_pointer (&self->matter.looked, g_free);
  g_clear_pointer (&self->matter.accepted, g_free);
  g_clear_pointer (&self->applicant.before, json_decref);
  self->applicant.carded = FALSE;
  gtk_widget_set_visible (self->applicant.replaced, FALSE);
  g_clear_pointer (&self->done.dossier, g_free);
  mc_reception_procedure_clear (self);
  mc_reception_put (self, nothing);
  mc_viewer_clear (MC_VIEWER (self->viewer));
  mc_reception_fail (self, NULL);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "form");
  gtk_widget_grab_focus (self->applicant.name);
}

void
mc_reception_fail (McReceptionPage *self, const char *sentence)
{
  gtk_label_set_label (GTK_LABEL (self->failure), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->failure, sentence != NULL);
}

/* What saving needs and does not have: said before the button is pressed. */
static char *
blocking_words (McReceptionPage *self)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char *list = NULL;

  if (!mc_reception_applicant_named (self))
    g_ptr_array_add (words, _ ("the applicant's name"));
  if (mc_reception_applicant_bad (self) != NULL)
    g_ptr_array_add (words, _ ("a date of birth that can be read"));
  if (mc_reception_proxy_bad (self) != NULL)
    g_ptr_array_add (words, _ ("the name of whose dossier it is"));
  if (self->procedure.chosen == NULL && mc_reception_more_count (self) == 0)
    g_ptr_array_add (words, _ ("the procedure"));
  if (mc_reception_day_bad (self) != NULL)
    g_ptr_array_add (words, _ ("the day promised"));
  if (mc_reception_prepare_bad (self) != NULL)
    g_ptr_array_add (words, _ ("the resident's consent"));
  if (mc_reception_fee_bad (self))
    g_ptr_array_add (words, _ ("the amount that was taken"));
  if (words->len == 0)
    return NULL;
  g_ptr_array_add (words, NULL);
  list = g_strjoinv (", ", (char **)words->pdata);
  return g_strdup_printf (_ ("Still missing: %s."), list);
}

/* A required paper may follow later: the law allows a supplement. It is named, not forbidden. */
static char *
papers_words (McReceptionPage *self)
{
  guint count = 0;
  g_autofree char *names = mc_reception_parts_missing (self, &count);

  if (count == 0)
    return g_strdup (_ ("Everything is there."));
  return g_strdup_printf (ngettext ("%u required paper is not here yet: %s.",
                                    "%u required papers are not here yet: %s.",
                                    count),
                          count,
                          names);
}

void
mc_reception_foot (McReceptionPage *self)
{
  g_autofree char *words = blocking_words (self);
  g_autofree char *promise = NULL;

  /* An answer may come for a page that was closed, and its profile with it. */
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL && !mc_reception_prepares (self))
    {
      mc_reception_known_look (self);
      mc_reception_matter_look (self);
    }
  if (words == NULL && mc_reception_matter_open (self))
    words = g_strdup (_ ("Received already, perhaps: open that dossier, or receive all the same."));
  if (words == NULL && self->importing > 0)
    words = g_strdup (_ ("A scan is being taken in…"));
  if (words == NULL)
    words = papers_words (self);
  if (self->fee.promised != NULL)
    promise = g_strdup_printf (_ ("Promised: %s"), self->fee.promised);
  gtk_label_set_label (GTK_LABEL (self->promised), promise != NULL ? promise : "");
  gtk_widget_set_visible (self->promised, promise != NULL);
  gtk_label_set_label (GTK_LABEL (self->missing), words);
  gtk_widget_set_tooltip_text (self->missing, words);
}

void
mc_reception_changed (McReceptionPage *self)
{
  if (self->loading)
    return;
  mc_reception_foot (self);
  mc_reception_draft_later (self);
}

GtkWidget *
mc_reception_page_new (McContext *context, const char *draft)
{
  McReceptionPage *self;

  g_return_val_if_fail (context != NULL, NULL);

  self = g_object_new (MC_TYPE_RECEPTION_PAGE, NULL);
  self->context = context;
  self->loading = TRUE;
  mc_reception_build (self);
  self->loading = FALSE;
  if (draft != NULL)
    mc_reception_draft_load (self, draft);
  return GTK_WIDGET (self);
}

void
mc_reception_page_choose (McReceptionPage *self, const char *code)
{
  McProcedure *procedure;

  g_return_if_fail (MC_IS_RECEPTION_PAGE (self) && code != NULL);

  procedure = mc_catalogue_procedure (self->procedure.catalogue, code);
  if (procedure == NULL || mc_reception_is_done (self))
    return;
  mc_reception_procedure_choose (self, procedure);
  mc_reception_changed (self);
}

void
mc_reception_page_card (McReceptionPage *self, const McCard *card)
{
  g_return_if_fail (MC_IS_RECEPTION_PAGE (self) && card != NULL);

  /* After a save, a card is the next person. */
  if (mc_reception_is_done (self))
    mc_reception_page_next (self);
  mc_reception_applicant_card (self, card);
}

void
mc_reception_page_save (McReceptionPage *self)
{
  GtkRoot *root;

  g_return_if_fail (MC_IS_RECEPTION_PAGE (self));

  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (GTK_IS_WINDOW (root))
    mc_window_commit_input (GTK_WINDOW (root));
  if (mc_reception_is_done (self))
    mc_reception_done_print (self);
  else
    mc_reception_save_run (self);
}

void
mc_reception_page_next (McReceptionPage *self)
{
  g_return_if_fail (MC_IS_RECEPTION_PAGE (self));

  if (!mc_reception_is_done (self))
    mc_reception_draft_now (self);
  mc_reception_reset (self);
}

gboolean
mc_reception_page_busy (McReceptionPage *self)
{
  g_return_val_if_fail (MC_IS_RECEPTION_PAGE (self), FALSE);

  return self->saving || self->importing > 0;
}

static gboolean
page_act (McPage *page, McPageAct act)
{
  McReceptionPage *self = MC_RECEPTION_PAGE (page);

  switch (act)
    {
    case MC_PAGE_MAIN:
      mc_reception_page_save (self);
      return TRUE;
    case MC_PAGE_PRINT:
      if (mc_reception_is_done (self))
        mc_reception_done_print (self);
      else if (!mc_reception_guide (self))
        gtk_widget_grab_focus (self->procedure.search);
      return TRUE;
    case MC_PAGE_FEE:
      if (!mc_reception_is_done (self) && gtk_widget_get_visible (self->fee.take_box))
        gtk_widget_grab_focus (self->fee.taken);
      return !mc_reception_is_done (self);
    case MC_PAGE_SCAN:
      /* Which papers there are is only known of a procedure. */
      if (!mc_reception_is_done (self) && !mc_reception_parts_scan (self))
        gtk_widget_grab_focus (self->procedure.search);
      return !mc_reception_is_done (self);
    case MC_PAGE_KNOWN:
      if (!mc_reception_is_done (self))
        mc_reception_known_use (self);
      return !mc_reception_is_done (self);
    case MC_PAGE_MORE:
      if (!mc_reception_is_done (self))
        mc_reception_more_add (self);
      return !mc_reception_is_done (self);
    case MC_PAGE_DECLARE:
      if (!mc_reception_is_done (self) && !mc_reception_declare (self, NULL))
        gtk_widget_grab_focus (self->procedure.search);
      return !mc_reception_is_done (self);
    case MC_PAGE_STEP:
    case MC_PAGE_STEPS:
    case MC_PAGE_SUPPLEMENT:
    case MC_PAGE_RETURN:
    default:
      return FALSE;
    }
}

static void
page_leave (McPage *page)
{
  McReceptionPage *self = MC_RECEPTION_PAGE (page);

  if (!mc_reception_is_done (self))
    mc_reception_draft_now (self);
}

static const char *
page_help (McPage *page)
{
  return _ (
      "Scan the citizen card or type the name, find the procedure by a few letters, tick the "
      "papers, take the fee. F5 fills in what the office holds, Ctrl+K opens the declaration. "
      "Enter goes to the next "
      "field, Space ticks, Ctrl+Enter saves. "
      "Everything typed is kept in the drafts until it is saved.");
}

static void
mc_reception_page_iface (McPageInterface *iface)
{
  iface->act = page_act;
  iface->leave = page_leave;
  iface->help = page_help;
}

const char *
mc_reception_page_draft (McReceptionPage *page)
{
  g_return_val_if_fail (MC_IS_RECEPTION_PAGE (page), NULL);
  return mc_reception_is_done (page) ? NULL : page->draft.id;
}

static gboolean
mc_reception_page_grab_focus (GtkWidget *widget)
{
  McReceptionPage *self = MC_RECEPTION_PAGE (widget);

  return gtk_widget_grab_focus (mc_reception_is_done (self) ? self->done.print
                                                            : self->applicant.name);
}

/* A page that is hidden for whatever reason, a closing window too, keeps what was typed. */
static void
mc_reception_page_unmap (GtkWidget *widget)
{
  page_leave (MC_PAGE (widget));
  GTK_WIDGET_CLASS (mc_reception_page_parent_class)->unmap (widget);
}

/* Paper and screen side by side: in halves until somebody moves the border. */
static void
mc_reception_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  McReceptionPage *self = MC_RECEPTION_PAGE (widget);
  gboolean set;

  g_object_get (self->halves, "position-set", &set, NULL);
  if (!set && width > 1)
    gtk_paned_set_position (GTK_PANED (self->halves), width / 2);
  gtk_widget_allocate (self->stack, width, height, baseline, NULL);
}

static void
mc_reception_page_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  gtk_widget_measure (MC_RECEPTION_PAGE (widget)->stack,
                      orientation,
                      for_size,
                      minimum,
                      natural,
                      minimum_baseline,
                      natural_baseline);
}

static void
mc_reception_page_dispose (GObject *object)
{
  McReceptionPage *self = MC_RECEPTION_PAGE (object);

  mc_reception_draft_forget (self);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_pointer (&self->procedure.offered, g_ptr_array_unref);
  g_clear_pointer (&self->procedure.found, mc_found_free);
  g_clear_pointer (&self->procedure.chosen, mc_procedure_unref);
  g_clear_pointer (&self->procedure.catalogue, mc_catalogue_unref);
  g_clear_pointer (&self->parts.rows, g_ptr_array_unref);
  g_clear_pointer (&self->parts.declared, json_decref);
  g_clear_weak_pointer (&self->parts.window);
  g_clear_pointer (&self->applicant.before, json_decref);
  g_clear_pointer (&self->done.dossier, g_free);
  g_clear_pointer (&self->fee.promised, g_free);
  g_clear_pointer (&self->matter.looked, g_free);
  g_clear_pointer (&self->matter.accepted, g_free);
  mc_reception_known_clear (self);
  g_clear_pointer (&self->more.kept, json_decref);
  g_clear_pointer (&self->prepare.by, json_decref);
  g_clear_pointer (&self->instead, g_free);
  G_OBJECT_CLASS (mc_reception_page_parent_class)->dispose (object);
}

static void
mc_reception_page_class_init (McReceptionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_reception_page_dispose;
  mc_focus_class_start (widget_class, mc_reception_page_grab_focus);
  widget_class->unmap = mc_reception_page_unmap;
  widget_class->size_allocate = mc_reception_page_size_allocate;
  widget_class->measure = mc_reception_page_measure;
  signals[SAVED] = mc_signal_new ("saved", MC_TYPE_RECEPTION_PAGE, G_TYPE_STRING);
  signals[CLOSED] = mc_signal_new ("closed", MC_TYPE_RECEPTION_PAGE, G_TYPE_NONE);
}

static void
mc_reception_page_init (McReceptionPage *self)
{
  self->stack = gtk_stack_new ();
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
}
