/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-cycle.h"

#include "mc-error.h"

McCycle *
mc_cycle_new (const McEnrolment *enrolment, const McSecretKey *key, McRunWork run, gpointer where)
{
  McCycle *cycle = g_new0 (McCycle, 1);

  cycle->road = mc_road_new (enrolment->server);
  mc_road_set_identity (cycle->road, enrolment->device, enrolment->certificate, key);
  cycle->contact = mc_contact_new (g_random_int (), run, where);
  return cycle;
}

void
mc_cycle_free (McCycle *cycle)
{
  if (cycle == NULL)
    return;
  mc_round_trip_drop (cycle->next);
  mc_scan_move_free (cycle->scan);
  mc_contact_free (cycle->contact);
  mc_road_free (cycle->road);
  g_free (cycle);
}

/* The answer to what is asked now, or was asked while the last answer was taken. */
static McSyncAnswer *
ask (McCycle *cycle,
     const McCommand *command,
     GCancellable *cancellable,
     McReply *reply,
     GError **error)
{
  g_autoptr (McSyncRequest) request = NULL;

  if (cycle->next != NULL)
    {
      mc_contact_turn (cycle->contact);
      return mc_round_trip_end (g_steal_pointer (&cycle->next), cancellable, reply, error);
    }
  request = mc_contact_ask (cycle->contact, command, error);
  return request != NULL ? mc_road_sync (cycle->road, request, cancellable, reply, error) : NULL;
}

static void
sync_once (McCycle *cycle,
           const McCommand *command,
           const McClock *clock,
           GCancellable *cancellable,
           McReply *reply,
           GError **error)
{
  g_autoptr (McSyncAnswer) answer = ask (cycle, command, cancellable, reply, error);
  McSyncRequest *next;

  if (answer == NULL)
    return;
  next = mc_contact_ask_next (cycle->contact, command, answer, NULL);
  if (next != NULL)
    cycle->next = mc_round_trip_start (cycle->road, next, clock);
  if (!mc_contact_take (cycle->contact, answer, clock, reply, error))
    g_clear_pointer (&cycle->next, mc_round_trip_drop);
}

/* As who it was, which its old key proves; where that one is suspended, as who was invited. */
static McEnrolment *
ask_anew (McCycle *cycle, const McPublicKey *public, GError **error)
{
  g_autofree char *code = mc_contact_invitation (cycle->contact);
  g_autoptr (GError) problem = NULL;
  McEnrolment *enrolment;

  if (code == NULL)
    return mc_road_enrol_again (cycle->road, public, error);
  enrolment = mc_road_enrol (cycle->road, code, public, &problem);
  if (g_error_matches (problem, MC_ERROR, MC_ERROR_REFUSED))
    mc_contact_refuse_invitation (cycle->contact, problem->message);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return enrolment;
}

/* This desk is a copy: it asks to be somebody of its own. */
static void
enrol_anew (McCycle *cycle, McReply *reply, GError **error)
{
  const McSecretKey *key = mc_contact_new_key (cycle->contact, error);
  McSecretKey kept;
  McPublicKey public;
  g_autoptr (McEnrolment) enrolment = NULL;
  g_autoptr (GError) problem = NULL;

  if (key == NULL)
    return;
  kept = *key;
  mc_secret_key_public (key, &public);
  enrolment = ask_anew (cycle, &public, &problem);
  if (enrolment == NULL)
    {
      reply->outcome = g_error_matches (problem, MC_ERROR, MC_ERROR_REFUSED) ? MC_OUTCOME_DENIED
                                                                             : MC_OUTCOME_FAILED;
      g_propagate_error (error, g_steal_pointer (&problem));
    }
  else if (mc_contact_enrolled (cycle->contact, enrolment, reply, error))
    mc_road_set_identity (cycle->road, enrolment->device, enrolment->certificate, &kept);
  mc_secret_key_wipe (&kept);
}

McOutcome
mc_cycle_carry_out (McCycle *cycle,
                    const McCommand *command,
                    const McClock *clock,
                    GCancellable *cancellable,
                    GError **error)
{
  McReply reply = { .outcome = MC_OUTCOME_FAILED };

  if (command->kind != MC_COMMAND_SYNC)
    g_clear_pointer (&cycle->next, mc_round_trip_drop);
  if (command->kind == MC_COMMAND_SYNC)
    sync_once (cycle, command, clock, cancellable, &reply, error);
  else if (command->kind == MC_COMMAND_ENROL)
    enrol_anew (cycle, &reply, error);
  else
    mc_scan_move_slice (&cycle->scan,
                        cycle->contact,
                        cycle->road,
                        command->kind == MC_COMMAND_SEND_BLOB,
                        cancellable,
                        &reply,
                        error);
  if (cancellable != NULL && g_cancellable_is_cancelled (cancellable))
    {
      /* Ended by ourselves, to send something: no failure of the line. */
      cycle->contact->bytes_up += reply.bytes_up;
      cycle->contact->bytes_down += reply.bytes_down;
      return MC_OUTCOME_DONE;
    }
  mc_contact_close (cycle->contact, &reply, clock);
  return reply.outcome;
}

static gpointer
run_here (gpointer where, McWork work, gpointer data, GError **error)
{
  return work (where, data, error);
}

static gboolean
nothing_left (const McBacklog *backlog)
{
  return backlog->ops == 0 && !backlog->blob_out && !backlog->blob_in && !backlog->copied;
}

/* Until nothing is left to move, or the line fails. */
static gboolean
drive (McCycle *cycle, const McClock *clock, GError **error)
{
  for (;;)
    {
      McBacklog backlog = mc_contact_backlog (cycle->contact);
      McCommand command = mc_engine_next (cycle->contact->engine, mc_clock_mono (clock), &backlog);
      g_autoptr (GError) problem = NULL;
      McOutcome outcome;

      command.wait_s = 0;
      if (command.kind == MC_COMMAND_WAIT)
        {
          g_set_error_literal (error, MC_ERROR, MC_ERROR_NETWORK, "no contact with the province");
          return FALSE;
        }
      outcome = mc_cycle_carry_out (cycle, &command, clock, NULL, &problem);
      if (command.kind == MC_COMMAND_SEND_BLOB || command.kind == MC_COMMAND_FETCH_BLOB)
        continue;
      if (outcome != MC_OUTCOME_DONE && outcome != MC_OUTCOME_MORE &&
          outcome != MC_OUTCOME_TOO_LARGE)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      backlog = mc_contact_backlog (cycle->contact);
      if (outcome == MC_OUTCOME_DONE && command.kind == MC_COMMAND_SYNC && nothing_left (&backlog))
        return TRUE;
    }
}

gboolean
mc_sync_cycle (McStore *store, McSyncReport *ret_report, GError **error)
{
  g_autoptr (McEnrolment) enrolment = mc_store_enrolment (store);
  g_autoptr (McDesk) desk = mc_desk_new (store);
  g_autoptr (McCycle) cycle = NULL;
  McSecretKey key;
  gboolean ok;

  if (enrolment == NULL)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_NOT_FOUND, "this desk is not enrolled");
      return FALSE;
    }
  if (!mc_store_device_key (store, &key, error))
    return FALSE;
  cycle = mc_cycle_new (enrolment, &key, run_here, desk);
  mc_secret_key_wipe (&key);
  ok = drive (cycle, mc_store_clock (store), error);
  if (ret_report != NULL)
    *ret_report = mc_contact_report (cycle->contact, FALSE);
  return ok;
}
