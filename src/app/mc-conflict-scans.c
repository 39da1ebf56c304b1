/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-conflict-scans.h"

#include "mc-act.h"
#include "mc-dossier-words.h"
#include "mc-moment.h"
#include "mc-timeline.h"
#include "mc-viewer.h"

struct _McConflictScans
{
  GtkWidget parent_instance;
  McContext *context;
  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (McConflictScans, mc_conflict_scans, GTK_TYPE_WIDGET)

static void
add_viewer (McConflictScans *scans, const char *sha256, const char *title)
{
  GtkWidget *viewer = mc_viewer_new ();
  g_autoptr (McBlobPlace) place =
      sha256 != NULL ? mc_act_look_at_scan (scans->context, sha256) : NULL;

  gtk_widget_set_hexpand (viewer, TRUE);
  gtk_box_append (GTK_BOX (scans->box), viewer);
  if (sha256 != NULL)
    mc_viewer_show (MC_VIEWER (viewer), place, title);
  else
    mc_viewer_clear (MC_VIEWER (viewer));
}

static guint
show_documents (McConflictScans *scans, const McConflict *conflict)
{
  gint64 now = mc_store_now (scans->context->reader);
  guint count = 0;

  for (guint i = 0; i < conflict->sides->len; i++)
    {
      McSide *side = conflict->sides->pdata[i];
      g_autofree char *at = mc_moment_words (side->at_ms, now);
      g_autofree char *title =
          g_strdup_printf ("%s · %s, %s", mc_conflict_place (side), side->by, at);

      if (side->document == NULL)
        continue;
      add_viewer (scans, side->document, title);
      count++;
    }
  return count;
}

/* A disagreement about a paper is decided by that paper, any other by the first: the declaration.
 */
static guint
show_deciding (McConflictScans *scans, const McConflict *conflict)
{
  McStore *store = scans->context->reader;
  g_autoptr (McDossier) dossier = mc_store_dossier (store, conflict->dossier, NULL);
  g_autoptr (McProcedure) procedure =
      dossier != NULL ? mc_store_procedure_of (store, dossier) : NULL;
  g_autoptr (GPtrArray) papers =
      dossier != NULL ? mc_dossier_scans (dossier->record, procedure) : NULL;
  McPaper *paper = papers != NULL && papers->len > 0 ? papers->pdata[0] : NULL;

  for (guint i = 0; papers != NULL && i < papers->len; i++)
    {
      McPaper *one = papers->pdata[i];

      if (g_str_has_suffix (conflict->group, one->part))
        paper = one;
    }
  add_viewer (scans, paper ? paper->sha256 : NULL, paper ? paper->title : NULL);
  return paper != NULL;
}

guint
mc_conflict_scans_show (McConflictScans *scans, const McConflict *conflict)
{
  g_return_val_if_fail (MC_IS_CONFLICT_SCANS (scans) && conflict != NULL, 0);

  mc_box_clear (GTK_BOX (scans->box));
  if (conflict->kind == MC_CONFLICT_DOCUMENTS)
    return show_documents (scans, conflict);
  return show_deciding (scans, conflict);
}

static void
mc_conflict_scans_dispose (GObject *object)
{
  McConflictScans *scans = MC_CONFLICT_SCANS (object);

  g_clear_pointer (&scans->box, gtk_widget_unparent);
  G_OBJECT_CLASS (mc_conflict_scans_parent_class)->dispose (object);
}

static void
mc_conflict_scans_class_init (McConflictScansClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_conflict_scans_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mc_conflict_scans_init (McConflictScans *scans)
{
  scans->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_set_homogeneous (GTK_BOX (scans->box), TRUE);
  gtk_widget_set_parent (scans->box, GTK_WIDGET (scans));
}

GtkWidget *
mc_conflict_scans_new (McContext *context)
{
  g_return_val_if_fail (context != NULL, NULL);

  McConflictScans *scans = g_object_new (MC_TYPE_CONFLICT_SCANS, NULL);
  scans->context = context;
  return GTK_WIDGET (scans);
}
