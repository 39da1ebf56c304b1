/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-desk-private.h"

#include "mc-allowed.h"
#include "mc-code.h"
#include "mc-error.h"
#include "mc-id.h"
#include "mc-preparation.h"
#include "mc-text.h"
#include <string.h>

void
mc_received_free (McReceived *received)
{
  if (received == NULL)
    return;
  g_free (received->id);
  g_free (received->code);
  g_free (received->due);
  g_clear_pointer (&received->more, g_ptr_array_unref);
  g_free (received);
}

static gboolean
wrong (GError **error, const char *member)
{
  g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "\"%s\" is missing or wrong", member);
  return FALSE;
}

/* 2005-03-05, 2005-03 or 2005. */
static gboolean
good_dob (const char *dob)
{
  static GRegex *shape = NULL;

  if (g_once_init_enter (&shape))
    g_once_init_leave (
        &shape,
        g_regex_new ("^(18|19|20|21)\\d\\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?$",
                     0,
                     0,
                     NULL));
  return dob == NULL || *dob == '\0' || g_regex_match (shape, dob, 0, NULL);
}

static gboolean
one_of (const char *value, const char *const *allowed)
{
  return value == NULL || *value == '\0' || g_strv_contains (allowed, value);
}

/* Nothing is promised for a time that is over. */
static gboolean
good_due (const char *due, GDateTime *now)
{
  g_autoptr (GDateTime) time = due != NULL ? mc_local_parse (due) : NULL;

  return due == NULL || (time != NULL && g_date_time_compare (time, now) > 0);
}

static gboolean
check_reception (json_t *reception, GDateTime *now, GError **error)
{
  static const char *const sexes[] = { "male", "female", NULL };
  static const char *const channels[] = { "direct", "online", "post", NULL };
  json_t *applicant = json_object_get (reception, "applicant");
  g_autofree char *name = mc_text_clean (mc_json_string (applicant, "name"));

  if (!json_is_object (reception) || mc_json_string (reception, "procedure") == NULL)
    return wrong (error, "procedure");
  if (*name == '\0')
    return wrong (error, "applicant.name");
  if (!good_dob (mc_json_string (applicant, "dob")))
    return wrong (error, "applicant.dob");
  if (!one_of (mc_json_string (applicant, "sex"), sexes))
    return wrong (error, "applicant.sex");
  if (!one_of (mc_json_string (reception, "channel"), channels))
    return wrong (error, "channel");
  if (!good_due (mc_json_string (reception, "due"), now))
    return wrong (error, "due");
  return TRUE;
}

char *
mc_desk_take_code (McDesk *desk, GDateTime *now, GError **error)
{
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *body = mc_store_fact (desk->store, "office_code");
  g_autofree char *slot = mc_store_fact (desk->store, "slot");
  gint64 count = 0;
  GDate date;

  if (!mc_db_int (desk->store->db,
                  error,
                  &count,
                  "INSERT INTO code_count (day, count) VALUES (?1, 1) "
                  "ON CONFLICT (day) DO UPDATE SET count = count + 1 RETURNING count",
                  "s",
                  day))
    return NULL;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date,
                  (GDateDay)g_date_time_get_day_of_month (now),
                  (GDateMonth)g_date_time_get_month (now),
                  (GDateYear)g_date_time_get_year (now));
  return mc_code_make (body, &date, slot, (guint)count);
}

McPromise *
mc_desk_promise (McDesk *desk, const McProcedure *procedure, const McCase *the_case)
{
  g_autoptr (GDateTime) now = mc_local (mc_store_now (desk->store));
  McPromise *promise = mc_store_promise (desk->store, the_case, now);

  if (promise != NULL)
    mc_desk_promise_with_children (desk, procedure, the_case, now, &promise->due);
  return promise;
}

static void
set_text (json_t *object, const char *key, const char *text)
{
  json_object_set_new (object, key, text && *text ? json_string (text) : json_null ());
}

static json_t *
fee_of (json_t *reception, const McCase *the_case)
{
  json_t *given = json_object_get (reception, "fee");
  json_t *fee = json_pack ("{s:s}", "kind", the_case->fee_kind);

  if (json_is_integer (given))
    json_object_set (fee, "amount", given);
  else if (g_str_equal (the_case->fee_kind, "fixed") || g_str_equal (the_case->fee_kind, "none"))
    json_object_set_new (fee, "amount", json_integer (the_case->fee));
  return fee;
}

static void
copy_members (json_t *body, json_t *reception)
{
  static const char *const members[] = { "applicant", "contact", "subject", "parts" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      json_t *value = json_object_get (reception, members[i]);

      if (value != NULL && !json_is_null (value))
        json_object_set (body, members[i], value);
    }
}

/* A dossier keeps by what it was promised: when its time stands still, it is counted on so. */
void
mc_desk_set_promise (json_t *body,
                     McStore *store,
                     const McCase *the_case,
                     const char *given,
                     GDateTime *now)
{
  g_autoptr (McCalendar) calendar = mc_store_calendar (store, NULL);
  g_autoptr (McPromise) promise = mc_store_due (store, the_case, now);

  set_text (body, "calendar", calendar ? mc_calendar_version (calendar) : NULL);
  set_text (body, "due", given != NULL ? given : promise ? promise->due : NULL);
  /* Another day than by the rule is a person's word, which no term explains. */
  if (promise == NULL || (given != NULL && !g_str_equal (given, promise->due)))
    return;
  json_object_set_new (body,
                       "term",
                       mc_term_json (promise->law != NULL ? &the_case->promise : &the_case->term));
  if (promise->law != NULL)
    set_text (body, "law", promise->law);
}

json_t *
mc_desk_receive_body (McDesk *desk,
                      json_t *reception,
                      const McProcedure *procedure,
                      const char *code,
                      GDateTime *now)
{
  const char *channel = mc_json_string (reception, "channel");
  const McCase *the_case = mc_procedure_case (procedure,
                                              mc_json_string (reception, "case"),
                                              channel ? channel : "direct");
  g_autofree char *office = mc_store_fact (desk->store, "office");
  g_autofree char *time = mc_local_text (now);
  json_t *body = json_object ();

  set_text (body, "office", office);
  set_text (body, "code", code);
  set_text (body, "procedure", procedure->code);
  set_text (body, "title", procedure->name);
  set_text (body, "version", procedure->version);
  set_text (body, "case", the_case->id);
  set_text (body, "channel", channel && *channel ? channel : "direct");
  set_text (body, "received", time);
  json_object_set_new (body,
                       "workflow",
                       procedure->workflow
                           ? json_incref (procedure->workflow)
                           : json_string (mc_workflow_version (mc_workflow_usual ())));
  mc_desk_set_promise (body, desk->store, the_case, mc_json_string (reception, "due"), now);
  json_object_set_new (body, "fee", fee_of (reception, the_case));
  copy_members (body, reception);
  return body;
}

gboolean
mc_desk_hold_documents (McDesk *desk, json_t *parts, GError **error)
{
  const char *id;
  json_t *part;

  json_object_foreach (parts, id, part)
  {
    json_t *document = json_object_get (part, "document");
    const char *sha256 = mc_json_string (document, "sha256");

    if (document == NULL)
      continue;
    if (sha256 == NULL || !mc_store_blob_here (desk->store, sha256))
      return wrong (error, "document");
    if (!mc_store_hold_blob (desk->store, sha256, mc_json_int (document, "size", 0), error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
take_fee_now (McDesk *desk, const char *dossier, json_t *taken, GError **error)
{
  g_autoptr (json_t) body = NULL;
  g_autoptr (McOp) op = NULL;
  const char *method = mc_json_string (taken, "method");

  if (!json_is_object (taken))
    return TRUE;
  body = json_pack ("{s:I,s:s,s:s*}",
                    "taken",
                    (json_int_t)mc_json_int (taken, "amount", -1),
                    "method",
                    method ? method : "cash",
                    "receipt",
                    mc_json_string (taken, "receipt"));
  op =
      mc_store_append (desk->store, desk->staff->id, dossier, MC_VERB_FEE, body, NULL, NULL, error);
  return op != NULL;
}

/* The province says the same when it comes to it; whoever stands at the counter hears it now. */
static gboolean
may_receive_this (McDesk *desk, const char *procedure, GError **error)
{
  g_autoptr (McRecord) staff = mc_ledger_record (desk->store->db, desk->staff->id, NULL);

  if (staff == NULL || mc_allowed (mc_record_peek (staff, "staff"), procedure))
    return TRUE;
  return mc_desk_refuse (error, "allowed");
}

/* A new one gets a code; one that was refused keeps what is on the paper in the resident's hand. */
static gboolean
name_reception (McDesk *desk,
                const McOp *refused,
                GDateTime *now,
                McReceived *received,
                GError **error)
{
  if (refused == NULL)
    {
      received->id = mc_id_new (mc_store_now (desk->store));
      received->code = mc_desk_take_code (desk, now, error);
      return received->code != NULL;
    }
  if (!g_str_equal (refused->verb, MC_VERB_RECEIVE))
    return wrong (error, "instead");
  received->id = g_strdup (refused->on);
  received->code = g_strdup (mc_json_string (refused->body, "code"));
  return TRUE;
}

/* A fee that was taken and refused with its reception is sent again with it, and not taken twice.
 */
static gboolean
write_reception (McDesk *desk,
                 const McOp *refused,
                 const McReceived *received,
                 json_t *body,
                 json_t *fee_taken,
                 GError **error)
{
  gboolean fee_known = refused != NULL && mc_desk_refused_with (desk->store, refused, MC_VERB_FEE);
  g_autoptr (McOp) op = NULL;

  if (refused != NULL && !mc_desk_resend_within (desk, refused, body, error))
    return FALSE;
  if (refused == NULL)
    op = mc_store_append (desk->store,
                          desk->staff->id,
                          received->id,
                          MC_VERB_RECEIVE,
                          body,
                          NULL,
                          NULL,
                          error);
  if (refused == NULL && op == NULL)
    return FALSE;
  return fee_known || take_fee_now (desk, received->id, fee_taken, error);
}

/* When the papers came in, which for one that was refused is not now. */
static GDateTime *
time_of (McDesk *desk, const McOp *refused)
{
  GDateTime *then = refused ? mc_local_parse (mc_json_string (refused->body, "received")) : NULL;

  return then != NULL ? then : mc_local (mc_store_now (desk->store));
}

/* One that was refused keeps its children, or its parent, that were received with it.
 * Returns: (transfer full) (nullable) */
static GPtrArray *
children_of (McDesk *desk,
             json_t *reception,
             const McProcedure *procedure,
             const McOp *refused,
             const McReceived *received,
             json_t *body,
             GDateTime *now,
             GError **error)
{
  static const char *const relatives[] = { "linked", "parent" };

  if (refused == NULL)
    return mc_desk_plan_children (desk, reception, procedure, received->id, body, now, error);
  for (guint i = 0; i < G_N_ELEMENTS (relatives); i++)
    if (json_object_get (refused->body, relatives[i]) != NULL)
      json_object_set (body, relatives[i], json_object_get (refused->body, relatives[i]));
  return g_ptr_array_new ();
}

/* The paper of several dossiers bears the code of its first one; one that was refused stands on the
 * paper that the resident has. */
static void
name_receipt (json_t *body, const McReceived *received, const McOp *refused, char **receipt)
{
  const char *code = NULL;

  if (refused != NULL)
    code = mc_json_string (json_object_get (refused->body, "applicant"), "receipt");
  else if (receipt != NULL)
    {
      if (*receipt == NULL)
        *receipt = g_strdup (received->code);
      code = *receipt;
    }
  if (code != NULL)
    json_object_set_new (json_object_get (body, "applicant"), "receipt", json_string (code));
}

/* @receipt: (nullable) (inout): the code that heads the paper, once there is one */
static McReceived *
receive_one (McDesk *desk, json_t *reception, char **receipt, GError **error)
{
  const char *instead = mc_json_string (reception, "instead");
  const char *draft = mc_json_string (reception, "draft");
  g_autoptr (McReceived) received = g_new0 (McReceived, 1);
  g_autoptr (McProcedure) procedure = NULL;
  g_autoptr (McOp) refused = NULL;
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (json_t) body = NULL;
  g_autoptr (GPtrArray) children = NULL;

  if (instead != NULL)
    refused = mc_desk_refused_op (desk->store, instead, error);
  if (instead != NULL && refused == NULL)
    return NULL;
  now = time_of (desk, refused);
  if (!check_reception (reception, now, error))
    return NULL;
  procedure = mc_store_procedure (desk->store, mc_json_string (reception, "procedure"), error);
  if (procedure == NULL || !may_receive_this (desk, procedure->code, error))
    return NULL;
  if (!name_reception (desk, refused, now, received, error) ||
      !mc_desk_hold_documents (desk, json_object_get (reception, "parts"), error))
    return NULL;
  body = mc_desk_receive_body (desk, reception, procedure, received->code, now);
  name_receipt (body, received, refused, receipt);
  children = children_of (desk, reception, procedure, refused, received, body, now, error);
  if (children == NULL)
    return NULL;
  received->due = mc_desk_last_promise (body, children);
  if (!write_reception (desk,
                        refused,
                        received,
                        body,
                        json_object_get (reception, "fee_taken"),
                        error) ||
      !mc_desk_declare_received (desk,
                                 received->id,
                                 procedure,
                                 json_object_get (reception, "declarations"),
                                 error) ||
      !mc_desk_receive_children (desk, children, error))
    return NULL;
  if (!mc_preparation_received (desk, reception, received->id, received->code, error))
    return NULL;
  if (draft != NULL &&
      !mc_db_run (desk->store->db,
                  error,
                  "DELETE FROM draft WHERE id = ?1 AND reception ->> '$.prepared.ended' IS NULL",
                  "s",
                  draft))
    return NULL;
  return g_steal_pointer (&received);
}

/* One of `more` as a reception of its own, by the same applicant. */
static json_t *
with_applicant (json_t *reception, json_t *other)
{
  static const char *const members[] = { "applicant", "contact" };
  json_t *whole = json_deep_copy (other);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (json_object_get (reception, members[i]) != NULL)
      json_object_set_new (whole,
                           members[i],
                           json_deep_copy (json_object_get (reception, members[i])));
  json_object_del (whole, "draft");
  return whole;
}

/* All of it or nothing, on one receipt. */
static McReceived *
receive_together (McDesk *desk, json_t *reception, GError **error)
{
  json_t *more = json_object_get (reception, "more");
  g_autofree char *receipt = NULL;
  g_autoptr (json_t) first = NULL;
  g_autoptr (McReceived) received = NULL;

  if (json_array_size (more) == 0)
    return receive_one (desk, reception, NULL, error);
  first = json_deep_copy (reception);
  received = receive_one (desk, first, &receipt, error);
  if (received == NULL)
    return NULL;
  received->more = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_received_free);
  for (size_t i = 0; i < json_array_size (more); i++)
    {
      g_autoptr (json_t) whole = with_applicant (reception, json_array_get (more, i));
      McReceived *one = receive_one (desk, whole, &receipt, error);

      if (one == NULL)
        return NULL;
      g_ptr_array_add (received->more, one);
    }
  return g_steal_pointer (&received);
}

static gboolean
may_receive (McDesk *desk, GError **error)
{
  if (!mc_desk_may (desk, MC_VERB_RECEIVE, error))
    return FALSE;
  if (!mc_desk_clock_doubt (desk))
    return TRUE;
  g_set_error_literal (error, MC_ERROR, MC_ERROR_CLOCK, "today's date is not confirmed");
  return FALSE;
}

GPtrArray *
mc_desk_receive_all (McDesk *desk, GPtrArray *receptions, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_received_free);
  gboolean ok = TRUE;

  if (!may_receive (desk, error) || !mc_db_begin (desk->store->db, error))
    return NULL;
  for (guint i = 0; ok && i < receptions->len; i++)
    {
      McReceived *received = receive_together (desk, receptions->pdata[i], error);

      ok = received != NULL;
      if (ok)
        g_ptr_array_add (all, received);
    }
  return mc_db_finish (desk->store->db, ok, error) ? g_steal_pointer (&all) : NULL;
}

McReceived *
mc_desk_receive (McDesk *desk, json_t *reception, GError **error)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_autoptr (GPtrArray) received = NULL;

  g_ptr_array_add (one, reception);
  received = mc_desk_receive_all (desk, one, error);
  return received ? g_ptr_array_steal_index (received, 0) : NULL;
}
