/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-ascii-field.h"
#include "mc-format.h"
#include "mc-procedure-words.h"
#include "mc-reception-choice.h"
#include "mc-reception-field.h"
#include "mc-reception-private.h"
#include <glib/gi18n.h>

#define RECEIPT_MAX 40 /* characters: series and number */

static const McChoice methods[] = {
  { "cash", N_ ("Cash") },
  { "transfer", N_ ("Bank transfer") },
  { NULL, NULL },
};

/* A question for the thread that knows the calendar; answers to older ones are not shown. */
typedef struct
{
  McProcedure *procedure;
  char *the_case;
  char *channel;
} Question;

typedef struct
{
  McReceptionPage *self;
  guint number;
} Asker;

static void
question_free (gpointer data)
{
  Question *question = data;

  mc_procedure_unref (question->procedure);
  g_free (question->the_case);
  g_free (question->channel);
  g_free (question);
}

static gpointer
work_promise (McDesk *desk, gpointer data, GError **error)
{
  Question *question = data;
  const McCase *the_case =
      mc_procedure_case (question->procedure, question->the_case, question->channel);
  McPromise *promise = mc_desk_promise (desk, question->procedure, the_case);

  return promise != NULL ? promise : g_new0 (McPromise, 1);
}

static char *
promise_words (const char *local)
{
  g_autoptr (GDateTime) time = local != NULL ? mc_local_parse (local) : NULL;

  return time != NULL ? mc_format_promise (time) : NULL;
}

/* What the law gives where less is promised, and what would hold if what is proposed were decided.
 */
static void
show_caution (McReceptionPage *self, const McPromise *promise)
{
  g_autofree char *law = promise_words (promise->law);
  g_autofree char *supposed = promise_words (promise->supposed);
  g_autoptr (GString) words = g_string_new (NULL);

  if (law != NULL)
    g_string_append_printf (words, _ ("By law: %s"), law);
  if (supposed != NULL)
    {
      if (words->len > 0)
        g_string_append_c (words, '\n');
      g_string_append_printf (words,
                              _ ("If “%s” is decided as proposed: %s"),
                              promise->proposed != NULL ? promise->proposed : "",
                              supposed);
    }
  if (mc_reception_day_unchecked (self))
    g_string_append_printf (words,
                            "%s%s",
                            words->len > 0 ? "\n" : "",
                            _ ("This time is not checked yet: compare with the decision that "
                               "published it."));
  gtk_label_set_label (GTK_LABEL (self->fee.caution), words->str);
  gtk_widget_set_visible (self->fee.caution, words->len > 0);
}

static void
on_promise (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Asker *asker = data;
  g_autoptr (McReceptionPage) self = asker->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (McPromise) promise = mc_worker_finish (MC_WORKER (source), result, &error);
  g_autofree char *words = promise != NULL ? promise_words (promise->due) : NULL;

  if (self->stack == NULL || asker->number != self->fee.asked)
    return;
  if (promise != NULL)
    show_caution (self, promise);
  gtk_label_set_label (GTK_LABEL (self->fee.promise),
                       words != NULL ? words : _ ("No time is set by rule."));
  g_free (self->fee.promised);
  self->fee.promised = g_steal_pointer (&words);
  mc_reception_foot (self);
}

static void
ask_promise (McReceptionPage *self, const McCase *the_case)
{
  Question *question = g_new (Question, 1);
  Asker *asker = g_new (Asker, 1);

  question->procedure = mc_procedure_ref (self->procedure.chosen);
  question->the_case = g_strdup (the_case->id);
  question->channel = g_strdup (mc_reception_choice_get (self->procedure.channel));
  asker->self = g_object_ref (self);
  asker->number = ++self->fee.asked;
  mc_worker_run (self->context->worker,
                 work_promise,
                 question,
                 question_free,
                 (GDestroyNotify)mc_promise_free,
                 NULL,
                 on_promise,
                 asker);
}

void
mc_reception_fee_rule (McReceptionPage *self)
{
  McReceptionFee *fee = &self->fee;
  const McCase *the_case = mc_reception_procedure_case (self);
  g_autofree char *rule = NULL;
  g_autofree char *amount = NULL;
  gboolean loading = self->loading;

  fee->asked++;
  g_clear_pointer (&fee->promised, g_free);
  mc_reception_day_rule (self);
  gtk_widget_set_visible (fee->caution, FALSE);
  gtk_widget_set_visible (fee->note,
                          the_case != NULL && the_case->fee_note != NULL &&
                              *the_case->fee_note != '\0');
  if (the_case == NULL)
    {
      gtk_label_set_label (GTK_LABEL (fee->rule), "–");
      gtk_label_set_label (GTK_LABEL (fee->promise), "–");
      gtk_widget_set_visible (fee->take_box, FALSE);
      return;
    }
  rule = mc_case_fee_words (the_case);
  gtk_label_set_label (GTK_LABEL (fee->rule), rule);
  gtk_label_set_label (GTK_LABEL (fee->note), the_case->fee_note);
  gtk_widget_set_visible (fee->take_box,
                          !g_str_equal (the_case->fee_kind, "none") &&
                              !mc_reception_prepares (self));
  if (g_str_equal (the_case->fee_kind, "fixed"))
    amount = g_strdup_printf ("%" G_GINT64_FORMAT, the_case->fee);
  self->loading = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (fee->amount), amount != NULL ? amount : "");
  gtk_editable_set_text (GTK_EDITABLE (fee->receipt), "");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (fee->taken), FALSE);
  self->loading = loading;
  ask_promise (self, the_case);
}

static gint64
amount_of (McReceptionPage *self)
{
  return g_ascii_strtoll (gtk_editable_get_text (GTK_EDITABLE (self->fee.amount)), NULL, 10);
}

static void
show_money (McReceptionPage *self)
{
  gint64 amount = amount_of (self);
  g_autofree char *money = amount > 0 ? mc_format_money (amount) : NULL;

  mc_reception_field_hint (self->fee.amount, money);
}

static void
on_amount (gpointer entry, gpointer data)
{
  McReceptionPage *self = data;

  show_money (self);
  if (!self->loading)
    mc_reception_changed (self);
}

static void
on_taken (McReceptionPage *self)
{
  McReceptionFee *fee = &self->fee;

  if (gtk_check_button_get_active (GTK_CHECK_BUTTON (fee->taken)) &&
      mc_reception_choice_get (fee->method) == NULL)
    mc_reception_choice_set (fee->method, "cash");
  if (!self->loading)
    mc_reception_changed (self);
}

/* Saying how it was paid says that it was paid. */
static void
on_method (gpointer choice, gpointer data)
{
  McReceptionPage *self = data;

  if (self->loading)
    return;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->fee.taken), TRUE);
  mc_reception_changed (self);
}

/* So does what the receipt book has of it. */
static void
on_receipt (gpointer entry, gpointer data)
{
  McReceptionPage *self = data;

  if (self->loading)
    return;
  if (*gtk_editable_get_text (GTK_EDITABLE (self->fee.receipt)) != '\0')
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->fee.taken), TRUE);
  mc_reception_changed (self);
}

static GtkWidget *
fact (const char *title, GtkWidget **ret_label, const char *css)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *head = gtk_label_new (title);
  GtkWidget *label = gtk_label_new ("–");

  gtk_label_set_xalign (GTK_LABEL (head), 0);
  gtk_widget_add_css_class (head, "caption");
  gtk_widget_add_css_class (head, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);

  gtk_widget_add_css_class (label, css);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), label);
  *ret_label = label;
  return box;
}

static GtkWidget *
make_take (McReceptionPage *self)
{
  McReceptionFee *fee = &self->fee;
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  fee->taken = gtk_check_button_new_with_label (_ ("The fee was taken"));
  fee->amount = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (fee->amount), 8);
  gtk_entry_set_max_length (GTK_ENTRY (fee->amount), 12);
  mc_ascii_field_make (fee->amount, TRUE);
  fee->method = mc_reception_choice_new (_ ("How it was paid"), methods, on_method, self);
  gtk_widget_set_valign (fee->taken, GTK_ALIGN_CENTER);
  gtk_grid_attach (GTK_GRID (grid), fee->taken, 0, 0, 2, 1);
  gtk_grid_attach (GTK_GRID (grid),
                   mc_reception_field_new (_ ("Amount (đồng)"), fee->amount),
                   0,
                   1,
                   1,
                   1);
  gtk_grid_attach (GTK_GRID (grid),
                   mc_reception_field_new (_ ("How it was paid"), fee->method),
                   1,
                   1,
                   1,
                   1);
  fee->receipt = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (fee->receipt), RECEIPT_MAX);
  gtk_entry_set_placeholder_text (GTK_ENTRY (fee->receipt), _ ("where a receipt was written"));
  gtk_grid_attach (GTK_GRID (grid),
                   mc_reception_field_new (_ ("Series and number in the receipt book"),
                                           fee->receipt),
                   0,
                   2,
                   2,
                   1);
  mc_reception_field_watch (fee->receipt, on_receipt, self);
  mc_reception_field_watch (fee->amount, on_amount, self);
  g_signal_connect_swapped (fee->taken, "toggled", G_CALLBACK (on_taken), self);
  return grid;
}

static GtkWidget *
small_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption");
  return label;
}

GtkWidget *
mc_reception_fee_build (McReceptionPage *self)
{
  McReceptionFee *fee = &self->fee;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_box_append (GTK_BOX (box), fact (_ ("Result promised"), &fee->promise, "title-3"));
  fee->caution = small_label ();
  gtk_box_append (GTK_BOX (box), fee->caution);
  gtk_box_append (GTK_BOX (box), mc_reception_day_build (self));
  gtk_box_append (GTK_BOX (box), fact (_ ("Fee by rule"), &fee->rule, "heading"));
  fee->note = small_label ();
  gtk_box_append (GTK_BOX (box), fee->note);
  fee->take_box = make_take (self);
  gtk_box_append (GTK_BOX (box), fee->take_box);
  mc_reception_fee_rule (self);
  return mc_reception_section (_ ("Fee and promise"), box);
}

void
mc_reception_fee_get (McReceptionPage *self, json_t *reception)
{
  McReceptionFee *fee = &self->fee;
  const McCase *the_case = mc_reception_procedure_case (self);
  const char *method = mc_reception_choice_get (fee->method);
  g_autofree char *receipt = mc_reception_field_text (fee->receipt);
  gint64 amount = amount_of (self);

  mc_reception_day_get (self, reception);
  if (the_case == NULL || g_str_equal (the_case->fee_kind, "none"))
    return;
  if (amount > 0)
    json_object_set_new (reception, "fee", json_integer (amount));
  if (gtk_check_button_get_active (GTK_CHECK_BUTTON (fee->taken)))
    json_object_set_new (reception,
                         "fee_taken",
                         json_pack ("{s:I,s:s,s:s*}",
                                    "amount",
                                    (json_int_t)amount,
                                    "method",
                                    method != NULL ? method : "cash",
                                    "receipt",
                                    *receipt != '\0' ? receipt : NULL));
}

void
mc_reception_fee_put (McReceptionPage *self, const json_t *reception)
{
  McReceptionFee *fee = &self->fee;
  const json_t *taken = json_object_get (reception, "fee_taken");
  const char *receipt = mc_json_string (taken, "receipt");
  gint64 amount = mc_json_int (reception, "fee", mc_json_int (taken, "amount", 0));
  g_autofree char *text = amount > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, amount) : NULL;
  gboolean loading = self->loading;

  self->loading = TRUE;
  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (fee->amount), text);
  gtk_editable_set_text (GTK_EDITABLE (fee->receipt), receipt != NULL ? receipt : "");
  mc_reception_choice_set (fee->method, mc_json_string (taken, "method"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (fee->taken), taken != NULL);
  mc_reception_day_put (self, reception);
  self->loading = loading;
}

gboolean
mc_reception_fee_bad (McReceptionPage *self)
{
  return gtk_widget_get_visible (self->fee.take_box) &&
         gtk_check_button_get_active (GTK_CHECK_BUTTON (self->fee.taken)) && amount_of (self) <= 0;
}
