/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-desk.h"

#include "mc-error.h"
#include "mc-sim-enrol.h"
#include "mc-sim-net.h"
#include "mc-sim-province.h"
#include "mc-sync-store.h"
#include <glib/gstdio.h>
#include <string.h>

/* Of a slow line: then a round trip does not end it. */
#define FEW_OPS 2
#define FEW_ENTRIES 4

static McSimDisk *
disk_of (McSimDesk *desk)
{
  return desk->world->base->disks[desk->number];
}

void
mc_sim_profile_clear (McSimProfile *profile)
{
  g_clear_pointer (&profile->disk, mc_sim_image_unref);
}

McSimDesk *
mc_sim_desk_new (McSimWorld *world, guint number, guint office)
{
  McSimDesk *desk = g_new0 (McSimDesk, 1);

  desk->world = world;
  desk->number = number;
  desk->office = office;
  desk->version = MC_OP_VERSION;
  desk->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  desk->screens =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)mc_record_free);
  desk->machine = g_strdup_printf ("pc-%u", number);
  mc_sim_clock_init (&desk->clock, &world->now_ms);
  return desk;
}

void
mc_sim_desk_free (McSimDesk *desk)
{
  mc_sim_desk_close (desk);
  g_hash_table_unref (desk->own);
  g_hash_table_unref (desk->screens);
  g_free (desk->machine);
  g_clear_pointer (&desk->image_own, g_hash_table_unref);
  g_clear_pointer (&desk->conflicts, g_ptr_array_unref);
  mc_sim_profile_clear (&desk->image);
  g_free (desk);
}

void
mc_sim_desk_put (McSimDesk *desk, const McSimProfile *profile)
{
  mc_sim_disk_restore (disk_of (desk), profile->disk);
}

McSimProfile
mc_sim_desk_take_image (McSimDesk *desk)
{
  return (McSimProfile){ mc_sim_disk_image (disk_of (desk)) };
}

static gpointer
run_here (gpointer where, McWork work, gpointer data, GError **error)
{
  return work (where, data, error);
}

McRecord *
mc_sim_desk_look (McSimDesk *desk, const char *record)
{
  McRecord *now = mc_ledger_record (mc_store_db (desk->store), record, NULL);

  if (now != NULL)
    g_hash_table_replace (desk->screens, g_strdup (record), now);
  return now;
}

void
mc_sim_desk_seat (McSimDesk *desk)
{
  for (guint i = 0; i < MC_SIM_ROLES; i++)
    {
      const char *person = desk->world->base->staff[desk->office][i];

      if (desk->people[i] == NULL)
        desk->people[i] = mc_desk_new (desk->store);
      if (!mc_store_set_fact (desk->store, "session", person, NULL))
        return;
      mc_desk_resume (desk->people[i], NULL);
    }
}

void
mc_sim_desk_check_own (McSimDesk *desk)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, desk->own);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!mc_ledger_has (mc_store_db (desk->store), id))
      mc_sim_bad (desk->world, "desk %u lost its own op %s", desk->number, mc_sim_short (id));
}

void
mc_sim_desk_open (McSimDesk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McEnrolment) enrolment = NULL;

  mc_op_pretend (desk->version);
  desk->store = mc_store_open_on (desk->world->base->folders[desk->number],
                                  &desk->clock.clock,
                                  desk->world->base->key,
                                  desk->machine,
                                  &error);
  if (desk->store == NULL)
    {
      mc_sim_bad (desk->world, "desk %u does not open: %s", desk->number, error->message);
      desk->dead = TRUE;
      mc_op_pretend (MC_OP_VERSION);
      return;
    }
  enrolment = mc_store_enrolment (desk->store);
  if (enrolment != NULL)
    {
      desk->device = g_strdup (enrolment->device);
      desk->certificate = g_strdup (enrolment->certificate);
    }
  desk->people[0] = mc_desk_new (desk->store);
  desk->contact = mc_contact_new ((guint32)mc_sim_mix (desk->world->seed, desk->number),
                                  run_here,
                                  desk->people[0]);
  desk->seen_seq = 0;
  mc_op_pretend (MC_OP_VERSION);
  mc_sim_desk_collect (desk);
  mc_sim_desk_check_own (desk);
}

static void
drop_next (McSimDesk *desk)
{
  desk->has_next = FALSE;
  g_clear_pointer (&desk->next_answer, g_bytes_unref);
}

void
mc_sim_desk_close (McSimDesk *desk)
{
  g_clear_pointer (&desk->contact, mc_contact_free);
  drop_next (desk);
  for (guint i = 0; i < MC_SIM_ROLES; i++)
    g_clear_pointer (&desk->people[i], mc_desk_free);
  g_clear_pointer (&desk->page, mc_record_free);
  g_clear_pointer (&desk->held_answer, g_bytes_unref);
  g_clear_pointer (&desk->device, g_free);
  g_clear_pointer (&desk->certificate, g_free);
  g_clear_pointer (&desk->store, mc_store_close);
  desk->in_contact = FALSE;
}

void
mc_sim_desk_crash (McSimDesk *desk, McSimRandom *random)
{
  guint torn;

  mc_sim_disk_stop (disk_of (desk));
  mc_sim_desk_close (desk);
  torn = mc_sim_disk_start (disk_of (desk), random);
  mc_sim_count_add (desk->world->count, "torn write", torn);
  /* The act that was cut short may be on the disk: it was made on what was on the screen. */
  mc_sim_desk_open (desk);
  g_hash_table_remove_all (desk->screens);
}

/* What was on the screen of @op's record. What was typed together with a reception was typed with
 * nothing but the reception in sight. */
static McRecord *
screen_of (McSimDesk *desk, const McOp *op)
{
  McRecord *screen = g_hash_table_lookup (desk->screens, op->on);
  g_autoptr (McRecord) now = NULL;

  if (mc_verb_creates (op->verb) || (screen != NULL && screen->creator != NULL))
    return screen;
  now = mc_ledger_record (mc_store_db (desk->store), op->on, NULL);
  screen = mc_record_new (op->on);
  screen->creator = g_strdup (now->creator);
  g_hash_table_replace (desk->screens, g_strdup (op->on), screen);
  return screen;
}

static void
say_op (McSimWorld *world, const McOp *op)
{
  g_autofree char *base = world->trace ? mc_json_text (op->base) : NULL;
  g_autofree char *body = world->trace ? mc_json_text (op->body) : NULL;

  mc_sim_say (world,
              "  made %s %s on %s: %.100s on %s",
              mc_sim_short (op->id),
              op->verb,
              mc_sim_short (op->on),
              body,
              base);
}

/* An op by nobody else that the run knows: made here just now. */
static void
note_op (McSimDesk *desk, const char *line)
{
  McSimWorld *world = desk->world;
  McOp *op = mc_op_parse (line, -1, NULL);
  McSimOp *known = op ? mc_sim_sight_find (&world->sight, op->id) : NULL;

  if (op == NULL)
    {
      mc_sim_bad (world, "desk %u keeps a line that is no op", desk->number);
      return;
    }
  if (known == NULL && g_strcmp0 (op->device, desk->device) == 0)
    {
      say_op (world, op);
      g_hash_table_add (desk->own, g_strdup (op->id));
      if (desk->of_image)
        mc_sim_sight_add_found (&world->sight, op, desk->number);
      else
        mc_sim_sight_add (&world->sight, op, screen_of (desk, op), desk->number);
      mc_sim_sight_follow (g_hash_table_lookup (desk->screens, op->on),
                           mc_sim_sight_find (&world->sight, op->id));
      mc_sim_digest (world, line, strlen (line));
      return;
    }
  mc_op_unref (op);
}

void
mc_sim_desk_collect (McSimDesk *desk)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (McQuery) query = NULL;

  if (desk->store == NULL || desk->device == NULL)
    return;
  query = mc_db_query (mc_store_db (desk->store),
                       NULL,
                       "SELECT seq, line FROM op WHERE seq > ?1 AND device = ?2 ORDER BY seq",
                       "is",
                       desk->seen_seq,
                       desk->device);
  while (query != NULL && mc_query_next (query, NULL))
    {
      desk->seen_seq = mc_query_int (query, 0);
      g_ptr_array_add (lines, g_strdup (mc_query_text (query, 1)));
    }
  g_clear_pointer (&query, mc_query_done);
  for (guint i = 0; i < lines->len; i++)
    note_op (desk, lines->pdata[i]);
}

guint
mc_sim_desk_waiting (McSimDesk *desk)
{
  return mc_store_outbox_count (desk->store);
}

/* A scan is moved at once: how bytes of scans travel is not what is tried here. */
static void
move_blob (McSimDesk *desk, gboolean out)
{
  McBlobJob *job = out ? mc_store_blob_to_send (desk->store) : mc_store_blob_to_fetch (desk->store);
  McReply reply = { .outcome = MC_OUTCOME_DONE };

  if (job != NULL && out)
    mc_store_blob_sent (desk->store, job->sha256, NULL);
  else if (job != NULL)
    mc_store_blob_put_off (desk->store, job->sha256, MC_PUT_OFF_S);
  mc_blob_job_free (job);
  mc_contact_close (desk->contact, &reply, &desk->clock.clock);
}

/* What is built on one another goes in the order in which it was made: a hand-over that overtakes
 * the work before it would take its right away. */
static void
check_order (McSimDesk *desk, const McSyncRequest *request)
{
  gint64 last = 0;

  for (guint i = 0; i < request->lines->len; i++)
    {
      g_auto (McPushed) pushed = { 0 };
      g_autoptr (McOp) op = NULL;

      mc_pushed_read (request->lines->pdata[i], &pushed);
      op = mc_op_parse (pushed.line, -1, NULL);
      /* What it made before it was put back from an image comes to it like others' work. */
      if (op == NULL || g_strcmp0 (op->device, desk->device) != 0 ||
          !g_hash_table_contains (desk->own, op->id))
        continue;
      if (op->n < last)
        mc_sim_bad (desk->world,
                    "desk %u sends its %" G_GINT64_FORMAT ". change after its %" G_GINT64_FORMAT
                    ".",
                    desk->number,
                    op->n,
                    last);
      last = op->n;
    }
}

/* The next request travels before the answer to this one is taken. */
static void
ask_next (McSimDesk *desk, const McSyncAnswer *answer)
{
  McSimWorld *world = desk->world;
  g_autoptr (McSyncRequest) next = NULL;
  g_autoptr (GBytes) bytes = NULL;
  McOutcome outcome;

  next = mc_contact_ask_next (desk->contact, &desk->command, answer, NULL);
  if (next == NULL)
    return;
  mc_sim_note (world, "line asked ahead");
  check_order (desk, next);
  bytes = mc_sync_request_write (next);
  mc_op_pretend (MC_OP_VERSION);
  desk->next_answer =
      mc_sim_province_answer (world->province, desk->device, desk->certificate, bytes, &outcome);
  mc_sim_tell_exchange (world, bytes, desk->next_answer);
  mc_op_pretend (desk->version);
  desk->has_next = TRUE;
}

static void
take_next (McSimDesk *desk)
{
  g_autoptr (GBytes) answer = g_steal_pointer (&desk->next_answer);

  desk->has_next = FALSE;
  mc_contact_turn (desk->contact);
  mc_sim_desk_end (desk, answer, MC_OUTCOME_FAILED);
  mc_op_pretend (desk->version);
}

static GBytes *
ask (McSimDesk *desk, gboolean impatient)
{
  McEngine *engine = desk->contact->engine;
  gboolean sure = desk->world->calm || desk->world->now_ms / 1000 % 2 != 0;
  gint64 mono = mc_clock_mono (&desk->clock.clock);
  g_autoptr (GError) error = NULL;
  g_autoptr (McSyncRequest) request = NULL;

  if (impatient)
    mc_engine_wake (engine, mono, TRUE);
  for (guint i = 0; i < 4; i++)
    {
      McBacklog backlog = mc_contact_backlog (desk->contact);
      McCommand command = mc_engine_next (engine, mono, &backlog);

      if (command.kind == MC_COMMAND_WAIT)
        return NULL;
      if (command.kind == MC_COMMAND_ENROL)
        {
          McReply reply = { .outcome = mc_sim_enrol_again (desk, i == 0 && !sure) };

          drop_next (desk);
          mc_contact_close (desk->contact, &reply, &desk->clock.clock);
          continue;
        }
      if (command.kind != MC_COMMAND_SYNC)
        {
          move_blob (desk, command.kind == MC_COMMAND_SEND_BLOB);
          continue;
        }
      if (desk->has_next)
        {
          take_next (desk);
          continue;
        }
      if (!desk->world->calm && desk->world->now_ms / 1000 % 3 == 0)
        {
          command.max_ops = MIN (command.max_ops, FEW_OPS);
          command.max_entries = MIN (command.max_entries, FEW_ENTRIES);
        }
      desk->command = command;
      request = mc_contact_ask (desk->contact, &command, &error);
      if (request != NULL)
        {
          check_order (desk, request);
          return mc_sync_request_write (request);
        }
      mc_contact_close (desk->contact,
                        &(McReply){ .outcome = MC_OUTCOME_FAILED },
                        &desk->clock.clock);
      return NULL;
    }
  return NULL;
}

GBytes *
mc_sim_desk_begin (McSimDesk *desk, gboolean impatient)
{
  GBytes *bytes;

  if (desk->store == NULL || desk->device == NULL || desk->in_contact)
    return NULL;
  mc_op_pretend (desk->version);
  bytes = ask (desk, impatient);
  mc_op_pretend (MC_OP_VERSION);
  desk->in_contact = bytes != NULL;
  return bytes;
}

static void
note_answer (McSimDesk *desk, const McSyncAnswer *answer)
{
  guint orphans = 0;

  for (guint i = 0; i < answer->answers->len; i++)
    orphans += ((McAnswer *)answer->answers->pdata[i])->missing != NULL ? 1 : 0;
  mc_sim_count_add (desk->world->count, "verdict orphan", orphans);
  if (answer->reset)
    mc_sim_note (desk->world, "rebuild");
  if (answer->first.on && answer->said->len > 0)
    mc_sim_note (desk->world,
                 answer->first.after != NULL ? "told open dossiers first" : "told news first");
}

gboolean
mc_sim_desk_end (McSimDesk *desk, GBytes *answer, McOutcome outcome)
{
  McReply reply = { .outcome = outcome };
  g_autoptr (GError) error = NULL;
  g_autoptr (McSyncAnswer) read = NULL;
  gboolean taken = FALSE;

  mc_op_pretend (desk->version);
  if (answer != NULL)
    {
      read = mc_sync_answer_read (answer, &error);
      reply.outcome = MC_OUTCOME_FAILED;
      if (read != NULL)
        ask_next (desk, read);
      taken =
          read != NULL && mc_contact_take (desk->contact, read, &desk->clock.clock, &reply, &error);
    }
  if (error != NULL)
    mc_sim_say (desk->world, "  desk %u: %s", desk->number, error->message);
  if (taken && desk->version < MC_OP_VERSION)
    mc_sim_note (desk->world, "contact of an older program");
  if (taken)
    note_answer (desk, read);
  if (!taken)
    drop_next (desk);
  mc_contact_close (desk->contact, &reply, &desk->clock.clock);
  desk->in_contact = FALSE;
  g_clear_pointer (&desk->held_answer, g_bytes_unref);
  mc_op_pretend (MC_OP_VERSION);
  return taken;
}
