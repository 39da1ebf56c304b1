/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of the province: what an office's feed was at one time, taken at another, perhaps in part.
 * How it is sealed is not of interest here, and would take a tenth of a second each time. */
#include "mc-sim-fault.h"

#include "mc-error.h"
#include "mc-seed-file.h"
#include "mc-sim-desk.h"
#include "mc-sim-province.h"
#include "mc-sync-store.h"

#define PAGE 7
#define PAGES_MAX 200

/* The next page after @at, asked for as a desk would that has nothing; @at is then its end. */
static McSyncAnswer *
ask_page (McSimWorld *world, McSimDesk *desk, McCursor *at)
{
  g_autoptr (McSyncRequest) request = mc_sync_request_new ();
  g_autoptr (McSyncAnswer) page = NULL;
  g_autoptr (GBytes) asked = NULL;
  g_autoptr (GBytes) answer = NULL;
  McOutcome outcome = MC_OUTCOME_FAILED;

  request->cursor = *at;
  request->limit = PAGE;
  request->left = 1; /* nobody is heard by it */
  asked = mc_sync_request_write (request);
  answer =
      mc_sim_province_answer (world->province, desk->device, desk->certificate, asked, &outcome);
  page = answer != NULL ? mc_sync_answer_read (answer, NULL) : NULL;
  if (page == NULL || page->reset || page->entries->len == 0)
    return NULL;
  *at = page->cursor;
  return g_steal_pointer (&page);
}

/* Kept as bytes, as in the file. */
static void
write_file (McSimWorld *world, McSimDesk *desk)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  McCursor at = { 0, "" };

  for (guint i = 0; i < PAGES_MAX; i++)
    {
      g_autoptr (McSyncAnswer) page = ask_page (world, desk, &at);

      if (page == NULL)
        break;
      g_ptr_array_add (pages, mc_sync_answer_write (page));
    }
  mc_sim_say (world, "  a file of office %u up to %" G_GINT64_FORMAT, desk->office, at.n);
  mc_sim_note (world, "file of the province written");
  g_clear_pointer (&world->seeds[desk->office], g_ptr_array_unref);
  world->seeds[desk->office] = pages;
}

static gboolean
take_page (McSimWorld *world, McSimDesk *desk, GBytes *bytes)
{
  g_autoptr (McSyncAnswer) page = mc_sync_answer_read (bytes, NULL);
  g_autoptr (GError) error = NULL;
  gboolean ok;

  mc_op_pretend (desk->version);
  ok = mc_store_seed_take (desk->store, page, &error);
  mc_op_pretend (MC_OP_VERSION);
  if (ok)
    return TRUE;
  mc_sim_say (world, "  desk %u does not take it: %s", desk->number, error->message);
  if (g_error_matches (error, MC_ERROR, MC_ERROR_REFUSED))
    mc_sim_note (world, "file of before a restore");
  return FALSE;
}

void
mc_sim_fault_seed (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  GPtrArray *pages = world->seeds[desk->office];
  gboolean first;
  guint count;

  if (desk->store == NULL || desk->device == NULL || desk->in_contact)
    return;
  if (pages == NULL || event->b % 3 == 0)
    {
      write_file (world, desk);
      return;
    }
  first = mc_store_first_on (desk->store);
  count = event->b / 3 % 2 == 0 ? pages->len : event->b / 8 % (pages->len + 1);
  for (guint i = 0; i < count; i++)
    if (!take_page (world, desk, pages->pdata[i]))
      return;
  mc_sim_note (world, first ? "new desk took a file" : "desk took a file");
}
