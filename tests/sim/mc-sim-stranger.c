/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A device of the office whose program is not this one, or is meant to do harm: what it says is
 * signed as it should be, and wrong. Every reason for which the province refuses work comes from
 * here many times; the desks of the office are told of it like of any other refused work.
 */
#include "mc-sim-event.h"
#include "mc-sim-fault.h"
#include "mc-sim-net.h"
#include "mc-sim-oracle.h"
#include "mc-sim-province.h"

#include "mc-id.h"
#include "mc-workflow.h"
#include <string.h>

#define SAID_AT_ONCE 6

/* What it is about to say. */
typedef struct
{
  McSimWorld *world;
  McSimRandom random;
  guint office;
  GPtrArray *lines; /* char* */
  McRecord *record; /* (nullable): one that the office sees */
} Saying;

/* Who has this role now, or had it. Returns: (transfer full) */
static char *
someone (Saying *saying, McRole role)
{
  const McSimBase *base = saying->world->base;
  char *id = mc_db_text (mc_sim_province_db (saying->world->province),
                         NULL,
                         "SELECT id FROM staff WHERE office = ?1 AND role = ?2 AND active = 1"
                         " ORDER BY id",
                         "ss",
                         base->offices[saying->office],
                         mc_role_name (role));

  return id ? id : g_strdup (base->staff[saying->office][role]);
}

/* Returns: (transfer full) */
static McOp *
sign (Saying *saying, McOpDraft draft, const McSecretKey *key)
{
  McSimWorld *world = saying->world;
  const McSimStranger *device = &world->base->strangers[saying->office];
  g_autofree char *id = mc_id_new (world->now_ms);
  McOp *op;

  draft.id = id;
  draft.device = device->device;
  draft.n = ++world->said_by_strangers;
  draft.at = world->now_ms * 1000 + draft.n;
  op = mc_op_sign (&draft, key ? key : &device->key);
  g_hash_table_insert (world->strange,
                       g_strdup (op->id),
                       (gpointer)world->base->offices[saying->office]);
  return op;
}

/* Returns: (transfer full): its id */
static char *
say (Saying *saying, McRole role, const char *on, const char *verb, json_t *body, json_t *base)
{
  g_autoptr (json_t) own_body = body;
  g_autoptr (json_t) own_base = base ? base : json_object ();
  g_autofree char *by = someone (saying, role);
  McOpDraft draft = { .by = by, .on = on, .verb = verb, .body = body, .base = own_base };
  g_autoptr (McOp) op = sign (saying, draft, NULL);

  g_ptr_array_add (saying->lines, g_strdup (op->line));
  return g_strdup (op->id);
}

static json_t *
base_of (Saying *saying, const char *group)
{
  return json_pack ("{s:o}", group, mc_record_base (saying->record, group, FALSE));
}

static json_t *
phone (const char *number)
{
  return json_pack ("{s:{s:{s:s}}}", "groups", MC_GROUP_CONTACT, "phone", number);
}

static json_t *
reception (Saying *saying, const char *procedure, guint office)
{
  const McSimBase *base = saying->world->base;
  g_autofree char *code = g_strdup_printf ("%s-261121-9%06u",
                                           base->office_codes[office],
                                           (guint)saying->world->said_by_strangers);

  return json_pack ("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:{s:s},s:{s:s}}",
                    "office",
                    base->offices[office],
                    "code",
                    code,
                    "procedure",
                    procedure,
                    "case",
                    "thuong",
                    "channel",
                    "direct",
                    "received",
                    "2026-11-21T08:00",
                    "version",
                    "2026-11-21",
                    "applicant",
                    "name",
                    "Ngô Văn Lạ",
                    "contact",
                    "phone",
                    "0987654321");
}

/* A body that no program of ours would make. */
static void
malformed (Saying *saying)
{
  g_autofree char *id = say (saying,
                             MC_ROLE_CLERK,
                             saying->record->id,
                             MC_VERB_SET,
                             json_pack ("{s:{s:i}}", "groups", MC_GROUP_CONTACT, 7),
                             base_of (saying, MC_GROUP_CONTACT));
}

/* A step that does not start where the dossier is, and one that builds on it. */
static void
impossible (Saying *saying)
{
  g_autoptr (json_t) status = mc_record_json (saying->record, MC_GROUP_STATUS);
  g_autoptr (json_t) the_case = mc_record_json (saying->record, MC_GROUP_CASE);
  const McWorkflow *workflow = mc_workflow_of (the_case, MC_OP_VERSION);
  const char *state = mc_json_string (status, "state");
  const char *step = mc_workflow_target (workflow, state, MC_STEP_COMPLETE) == NULL
                         ? MC_STEP_COMPLETE
                         : MC_STEP_APPRAISE;
  g_autofree char *first = say (saying,
                                MC_ROLE_OFFICER,
                                saying->record->id,
                                MC_VERB_STEP,
                                json_pack ("{s:s}", "step", step),
                                base_of (saying, MC_GROUP_STATUS));
  g_autofree char *second = say (saying,
                                 MC_ROLE_OFFICER,
                                 saying->record->id,
                                 MC_VERB_STEP,
                                 json_pack ("{s:s}", "step", step),
                                 json_pack ("{s:[s]}", MC_GROUP_STATUS, first));
}

static void
no_such_procedure (Saying *saying)
{
  g_autofree char *record = mc_id_new (saying->world->now_ms);
  g_autofree char *id = say (saying,
                             MC_ROLE_CLERK,
                             record,
                             MC_VERB_RECEIVE,
                             reception (saying, "9.999999", saying->office),
                             NULL);
}

static void
no_such_office (Saying *saying)
{
  g_autofree char *nowhere = mc_id_new (saying->world->now_ms);
  g_autofree char *id = say (saying,
                             MC_ROLE_CLERK,
                             saying->record->id,
                             MC_VERB_TRANSFER,
                             json_pack ("{s:[s]}", "offices", nowhere),
                             base_of (saying, MC_GROUP_OFFICES));
}

/* For another office than its own. */
static void
out_of_place (Saying *saying)
{
  g_autofree char *record = mc_id_new (saying->world->now_ms);
  guint other = (saying->office + 1) % MC_SIM_OFFICES;
  g_autofree char *id = say (saying,
                             MC_ROLE_CLERK,
                             record,
                             MC_VERB_RECEIVE,
                             reception (saying, "1.001193", other),
                             NULL);
}

/* On a dossier that nobody received, said to build on one that was. */
static void
no_such_record (Saying *saying)
{
  g_autofree char *record = mc_id_new (saying->world->now_ms);
  g_autofree char *id = say (saying,
                             MC_ROLE_CLERK,
                             record,
                             MC_VERB_SET,
                             phone ("0911111111"),
                             json_pack ("{s:[s]}", MC_GROUP_CONTACT, saying->record->creator));
}

static void
beyond_the_role (Saying *saying)
{
  g_autofree char *id = say (saying,
                             MC_ROLE_LEADER,
                             saying->record->id,
                             MC_VERB_SET,
                             phone ("0922222222"),
                             base_of (saying, MC_GROUP_CONTACT));
}

/* In the name of somebody of another office. */
static void
of_somebody_else (Saying *saying)
{
  guint other = (saying->office + 1) % MC_SIM_OFFICES;
  g_autoptr (json_t) body = phone ("0933333333");
  g_autoptr (json_t) base = base_of (saying, MC_GROUP_CONTACT);
  McOpDraft draft = { .by = saying->world->base->staff[other][MC_ROLE_CLERK],
                      .on = saying->record->id,
                      .verb = MC_VERB_SET,
                      .body = body,
                      .base = base };
  g_autoptr (McOp) op = sign (saying, draft, NULL);

  g_ptr_array_add (saying->lines, g_strdup (op->line));
}

/* With a key that is not this device's: nothing of it may stay anywhere. */
static void
forged (Saying *saying)
{
  g_autoptr (json_t) body = phone ("0944444444");
  g_autoptr (json_t) base = base_of (saying, MC_GROUP_CONTACT);
  g_autofree char *by = someone (saying, MC_ROLE_CLERK);
  McOpDraft draft = { .by = by,
                      .on = saying->record->id,
                      .verb = MC_VERB_SET,
                      .body = body,
                      .base = base };
  g_autoptr (McOp) op = NULL;
  McPublicKey public;
  McSecretKey secret;

  mc_keys_make (&public, &secret);
  op = sign (saying, draft, &secret);
  g_hash_table_add (saying->world->forged, g_strdup (op->id));
  g_ptr_array_add (saying->lines, g_strdup (op->line));
}

static const struct
{
  void (*say) (Saying *saying);
  gboolean on_record;
} wrongs[] = {
  { malformed, TRUE },        { impossible, TRUE },     { no_such_procedure, FALSE },
  { no_such_office, TRUE },   { no_such_record, TRUE }, { beyond_the_role, TRUE },
  { of_somebody_else, TRUE }, { forged, TRUE },         { out_of_place, FALSE },
  { malformed, TRUE },        { impossible, TRUE },     { no_such_procedure, FALSE },
  { no_such_office, TRUE },   { no_such_record, TRUE }, { beyond_the_role, TRUE },
  { of_somebody_else, TRUE }, { forged, TRUE },
};

/* Returns: (transfer full) (nullable): one that the office sees */
static McRecord *
choose_record (Saying *saying)
{
  McDb *db = mc_sim_province_db (saying->world->province);
  const char *office = saying->world->base->offices[saying->office];
  gint64 count = 0;
  g_autofree char *id = NULL;

  if (!mc_db_int (db, NULL, &count, "SELECT count(*) FROM sight WHERE office = ?1", "s", office) ||
      count == 0)
    return NULL;
  id = mc_db_text (db,
                   NULL,
                   "SELECT record FROM sight WHERE office = ?1 ORDER BY record LIMIT 1 OFFSET ?2",
                   "si",
                   office,
                   (gint64)mc_sim_random_below (&saying->random, (guint)count));
  return id ? mc_ledger_record (db, id, NULL) : NULL;
}

/* As they fall: a restore may take them back, and what is forged is not kept. */
static void
count_answers (McSimWorld *world, GBytes *bytes)
{
  g_autoptr (McSyncAnswer) answer = bytes ? mc_sync_answer_read (bytes, NULL) : NULL;

  for (guint i = 0; answer != NULL && i < answer->answers->len; i++)
    {
      const char *text = ((McAnswer *)answer->answers->pdata[i])->ruling;
      g_autoptr (McRuling) ruling = text ? mc_ruling_parse (text, NULL) : NULL;

      if (ruling != NULL)
        mc_sim_count_ruling (world, ruling);
    }
}

static void
send (Saying *saying)
{
  McSimWorld *world = saying->world;
  const McSimStranger *device = &world->base->strangers[saying->office];
  g_autoptr (McSyncRequest) request = mc_sync_request_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) answer = NULL;
  McOutcome outcome;

  for (guint i = 0; i < saying->lines->len; i++)
    g_ptr_array_add (request->lines, g_strdup (saying->lines->pdata[i]));
  bytes = mc_sync_request_write (request);
  answer = mc_sim_province_answer (world->province,
                                   device->device,
                                   device->certificate,
                                   bytes,
                                   &outcome);
  mc_sim_tell_exchange (world, bytes, answer);
  count_answers (world, answer);
}

void
mc_sim_fault_stranger (McSimWorld *world, McSimDesk *desk, const McSimEvent *event)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  Saying saying = { world, { mc_sim_choice (world, event) }, desk->office, lines, NULL };
  guint first = mc_sim_random_below (&saying.random, G_N_ELEMENTS (wrongs));

  if (world->province->province == NULL)
    return;
  mc_sim_note (world, "strange device");
  saying.record = choose_record (&saying);
  for (guint i = 0; i < SAID_AT_ONCE; i++)
    {
      guint which = (first + i) % G_N_ELEMENTS (wrongs);

      if (saying.record != NULL || !wrongs[which].on_record)
        wrongs[which].say (&saying);
    }
  send (&saying);
  mc_record_free (saying.record);
}
