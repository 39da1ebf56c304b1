/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which papers a dossier has, and what each of them bears. */
#include "mc-slip-private.h"

#include "mc-papers.h"
#include <string.h>

#define LABEL_TITLE "Nhãn hồ sơ giấy"

void
mc_slip_free (McSlip *slip)
{
  g_free (slip->name);
  g_free (slip->title);
  g_free (slip);
}

char *
mc_slip_kind (const char *name)
{
  const char *op = strchr (name, '@');
  g_autofree char *first = op != NULL ? g_strndup (name, (gsize)(op - name)) : g_strdup (name);

  if (g_str_equal (first, MC_SLIP_RECEIPT))
    return g_strdup (MC_KIND_RECEIPT);
  if (mc_layout_usual (first) == NULL || g_str_equal (first, MC_KIND_HANDOVER))
    return NULL;
  return g_steal_pointer (&first);
}

/* The list on its way. */
typedef struct
{
  GPtrArray *all;
  const McPapers *papers;
} List;

static void
add_choice (const List *list, char *name, const char *title, gint64 at_ms)
{
  McSlip *slip = g_new (McSlip, 1);

  slip->name = name;
  slip->title = g_strdup (title);
  slip->at_ms = at_ms;
  g_ptr_array_add (list->all, slip);
}

/* The receipt is given anew by some steps: its place is then theirs. */
static gboolean
renews_receipt (const McDossier *dossier, const McEvent *event)
{
  g_autoptr (json_t) body = NULL;
  const McStep *step = mc_slip_step (dossier, event, &body);

  return step != NULL && g_strcmp0 (step->paper, MC_KIND_RECEIPT) == 0;
}

static void
add_receipt_choice (const List *list, gint64 at_ms)
{
  for (guint i = 0; i < list->all->len; i++)
    if (g_str_equal (((McSlip *)list->all->pdata[i])->name, MC_SLIP_RECEIPT))
      return;
  add_choice (list,
              g_strdup (MC_SLIP_RECEIPT),
              mc_papers_title (list->papers, MC_KIND_RECEIPT),
              at_ms);
}

static void
add_steps (const List *list, const McDossier *dossier)
{
  for (guint i = dossier->events->len; i-- > 0;)
    {
      const McEvent *event = dossier->events->pdata[i];
      g_autoptr (json_t) body = NULL;
      const char *kind = mc_slip_made (dossier, event, &body);

      if (kind != NULL && mc_papers_has (list->papers, kind))
        add_choice (list,
                    g_strdup_printf ("%s@%s", kind, event->op),
                    mc_papers_title (list->papers, kind),
                    event->at_ms);
      else if (renews_receipt (dossier, event))
        add_receipt_choice (list, event->at_ms);
    }
}

GPtrArray *
mc_slip_list (McStore *store, const McDossier *dossier)
{
  static const char *const local[] = { MC_KIND_RETURN, MC_KIND_GUIDANCE, MC_KIND_FEE };
  g_autoptr (McPapers) papers = NULL;
  List list = { g_ptr_array_new_with_free_func ((GDestroyNotify)mc_slip_free), NULL };

  g_return_val_if_fail (store != NULL && dossier != NULL, list.all);

  papers = mc_papers_of (store);
  list.papers = papers;
  add_steps (&list, dossier);
  add_receipt_choice (&list, dossier->row->received_ms);
  for (guint i = 0; i < G_N_ELEMENTS (local); i++)
    if (mc_slip_local_applies (dossier, local[i]))
      add_choice (&list, g_strdup (local[i]), mc_papers_title (papers, local[i]), 0);
  add_choice (&list, g_strdup (MC_SLIP_CONTROL), mc_papers_title (papers, MC_SLIP_CONTROL), 0);
  add_choice (&list, g_strdup (MC_SLIP_LABEL), LABEL_TITLE, 0);
  return list.all;
}

/* "receipt", or "receipt@OP" once a step gave another one: each is a paper of its own. */
static char *
paper_of (const McDossier *dossier, const char *name)
{
  if (!g_str_equal (name, MC_SLIP_RECEIPT))
    return g_strdup (name);
  for (guint i = dossier->events->len; i-- > 0;)
    {
      const McEvent *event = dossier->events->pdata[i];

      if (renews_receipt (dossier, event))
        return g_strdup_printf ("%s@%s", name, event->op);
    }
  return g_strdup (name);
}

/* All dossiers of one receipt have it as their paper. */
static GStrv
dossiers_of (McStore *store, const McDossier *dossier, const char *kind)
{
  g_autoptr (GPtrArray) together =
      g_strcmp0 (kind, MC_KIND_RECEIPT) == 0 ? mc_store_together (store, dossier) : NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; together != NULL && i < together->len; i++)
    g_ptr_array_add (ids, g_strdup (((McDossier *)together->pdata[i])->row->id));
  if (ids->len == 0)
    g_ptr_array_add (ids, g_strdup (dossier->row->id));
  g_ptr_array_add (ids, NULL);
  return (GStrv)g_ptr_array_steal (ids, NULL);
}

McSlipPrinting *
mc_slip_printing (McStore *store, const McDossier *dossier, const char *name, gboolean on_paper)
{
  gboolean label = g_str_equal (name, MC_SLIP_LABEL);
  g_autofree char *kind = label ? NULL : mc_slip_kind (name);
  g_autoptr (McPapers) papers = NULL;
  McSlipPrinting *one;

  if (kind == NULL && !label)
    return NULL;
  papers = mc_papers_of (store);
  one = g_new0 (McSlipPrinting, 1);
  one->dossiers = dossiers_of (store, dossier, kind);
  one->paper = paper_of (dossier, name);
  one->title = g_strdup (label ? LABEL_TITLE : mc_papers_title (papers, kind));
  /* A copy of a receipt has the number of the book. */
  one->kind = label || g_str_equal (kind, MC_KIND_FEE) ? NULL : g_strdup (kind);
  one->on_paper = on_paper;
  return one;
}

void
mc_slip_printing_free (McSlipPrinting *one)
{
  if (one == NULL)
    return;
  g_strfreev (one->dossiers);
  g_free (one->paper);
  g_free (one->kind);
  g_free (one->title);
  g_free (one);
}

McPrinting
mc_slip_printing_peek (const McSlipPrinting *one)
{
  return (McPrinting){
    .dossiers = (const char *const *)one->dossiers,
    .paper = one->paper,
    .kind = one->kind,
    .title = one->title,
    .on_paper = one->on_paper,
  };
}

McIssue *
mc_slip_issue (McStore *store, const McDossier *dossier, const char *name)
{
  g_autoptr (McSlipPrinting) one = mc_slip_printing (store, dossier, name, TRUE);
  McPrinting printing;

  if (one == NULL)
    return NULL;
  printing = mc_slip_printing_peek (one);
  return mc_store_issue (store, &printing, 0);
}
