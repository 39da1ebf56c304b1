/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-receipt.h"
#include "mc-term-text.h"

#include "mc-applicant.h"
#include "mc-error.h"
#include "mc-format.h"
#include "mc-id.h"
#include "mc-linked.h"
#include "mc-papers.h"
#include "mc-register-read.h"
#include "mc-text.h"
#include <string.h>

/* One dossier under one code is one set; its papers are counted in the table. */
#define SETS "01"

static char *
member (const json_t *object, const char *key)
{
  const char *text = mc_json_string (object, key);

  return text != NULL && *text ? g_strdup (text) : NULL;
}

/* The act of receiving, which says who received and what was promised then. */
static const McEvent *
reception (const McDossier *dossier)
{
  for (guint i = 0; i < dossier->events->len; i++)
    {
      const McEvent *event = g_ptr_array_index (dossier->events, i);

      if (g_str_equal (event->verb, MC_VERB_RECEIVE))
        return event;
    }
  return NULL;
}

static char *
long_time (const char *local)
{
  g_autoptr (GDateTime) time = local ? mc_local_parse (local) : NULL;

  return time ? mc_format_long (time) : NULL;
}

static char *
received_time (const json_t *the_case, const McDossier *dossier)
{
  char *text = long_time (mc_json_string (the_case, "received"));
  g_autoptr (GDateTime) time = NULL;

  if (text != NULL)
    return text;
  time = mc_local (dossier->row->received_ms);
  return mc_format_long (time);
}

/* "08 giờ 12 phút, ngày 21 tháng 11 năm 2026" → "ngày 21 tháng 11 năm 2026" */
static char *
date_of (const char *long_text)
{
  const char *date = strstr (long_text, "ngày");

  return g_strdup (date);
}

/* What holds now: only a person moves a promise, and then the resident gets a new receipt. */
static char *
promised_time (const McEvent *received, const McDossier *dossier)
{
  g_autoptr (json_t) body =
      received && received->detail ? mc_json_parse (received->detail, -1, NULL) : NULL;
  char *text = long_time (dossier->row->due);

  return text != NULL ? text : long_time (mc_json_string (body, "due"));
}

/* The time of a version that this desk does not have is left to the pen. */
static char *
term_of (const McProcedure *procedure, const json_t *the_case)
{
  if (procedure == NULL ||
      g_strcmp0 (procedure->version, mc_json_string (the_case, "version")) != 0)
    return NULL;
  return mc_term_promised (procedure,
                           mc_json_string (the_case, "case"),
                           mc_json_string (the_case, "channel"));
}

static char *
request_of (const McDossier *dossier, const char *subject)
{
  const char *procedure = dossier->row->procedure_name;
  g_autofree char *folded = NULL;

  if (subject == NULL || !*subject)
    return g_strdup (procedure);
  if (procedure == NULL)
    return g_strdup (subject);
  folded = mc_text_fold (subject);
  if (mc_text_matches (folded, procedure))
    return g_strdup (subject);
  return g_strdup_printf ("%s: %s", procedure, subject);
}

static void
add_part (McReceiptData *data, const json_t *part, const char *name)
{
  int originals = (int)CLAMP (mc_json_int (part, "originals", 0), 0, 9999);
  int certified = (int)CLAMP (mc_json_int (part, "certified", 0), 0, 9999);
  int copies = (int)CLAMP (mc_json_int (part, "copies", 0), 0, 9999);
  int papers = originals + certified + copies;
  gboolean document = json_is_object (json_object_get (part, "document"));
  g_autofree char *electronic = NULL;

  if (!mc_json_bool (part, "ticked", papers > 0 || document))
    return;
  /* No paper, but a file: say what was handed in. */
  if (papers == 0 && document)
    electronic = g_strconcat (name, " (bản điện tử)", NULL);
  mc_receipt_data_add_part (data, electronic ? electronic : name, originals, certified, copies);
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* In the order of the procedure; then those that its present version no longer names. */
static void
add_parts (McReceiptData *data, McRecord *record, const McProcedure *procedure)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  for (guint i = 0; procedure != NULL && i < procedure->parts->len; i++)
    {
      const McPart *part = g_ptr_array_index (procedure->parts, i);
      g_autofree char *group = g_strconcat (MC_GROUP_PART_PREFIX, part->id, NULL);
      g_autoptr (json_t) value = mc_record_json (record, group);

      add_part (data, value, part->name);
    }
  g_hash_table_iter_init (&iter, record->groups);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_str_has_prefix (name, MC_GROUP_PART_PREFIX))
      g_ptr_array_add (groups, name);
  g_ptr_array_sort (groups, by_name);
  for (guint i = 0; i < groups->len; i++)
    {
      const char *group = g_ptr_array_index (groups, i);
      const char *id = group + strlen (MC_GROUP_PART_PREFIX);

      if (procedure == NULL || mc_procedure_part (procedure, id) == NULL)
        {
          g_autoptr (json_t) value = mc_record_json (record, group);

          add_part (data, value, id);
        }
    }
}

/* "Nguyễn Văn Đình, giám đốc, số định danh 001205123456" */
static char *
hander_of (const json_t *applicant)
{
  const char *position = mc_json_string (applicant, "relation");
  const char *number = mc_json_string (applicant, "id");
  GString *words = g_string_new (mc_json_string (applicant, "name"));

  if (position != NULL)
    g_string_append_printf (words, ", %s", position);
  if (number != NULL)
    g_string_append_printf (words, ", số định danh %s", number);
  return g_string_free (words, FALSE);
}

static char *
either (const json_t *object, const char *key, const json_t *other, const char *other_key)
{
  char *text = member (object, key);

  return text != NULL ? text : member (other, other_key);
}

static void
read_organisation (McReceiptData *data, const json_t *applicant, const json_t *contact)
{
  data->applicant = member (applicant, "for_name");
  data->identity = member (applicant, "for_id");
  data->address = member (applicant, "for_address");
  data->phone = either (applicant, "for_phone", contact, "phone");
  data->email = either (applicant, "for_email", contact, "email");
  data->mandate = member (applicant, "mandate");
  data->hander = hander_of (applicant);
}

static void
read_principal (McReceiptData *data, const json_t *applicant)
{
  data->principal = member (applicant, "for_name");
  data->principal_identity = member (applicant, "for_id");
  data->principal_address = member (applicant, "for_address");
  data->principal_phone = member (applicant, "for_phone");
  data->principal_email = member (applicant, "for_email");
  data->mandate = member (applicant, "mandate");
}

static void
read_people (McReceiptData *data, McRecord *record)
{
  g_autoptr (json_t) applicant = mc_record_json (record, MC_GROUP_APPLICANT);
  g_autoptr (json_t) contact = mc_record_json (record, MC_GROUP_CONTACT);

  data->pickup = member (contact, "pickup");
  if (g_strcmp0 (mc_applicant_for (applicant), MC_FOR_ORGANISATION) == 0)
    {
      read_organisation (data, applicant, contact);
      return;
    }
  data->applicant = member (applicant, "name");
  data->identity = member (applicant, "id");
  data->address = member (applicant, "address");
  data->phone = member (contact, "phone");
  data->email = member (contact, "email");
  if (mc_applicant_for (applicant) != NULL)
    read_principal (data, applicant);
}

/* Each has its own code, body and promise: the resident asks for each by them. */
static void
add_children (McReceiptData *data, McStore *store, McRecord *record)
{
  g_autoptr (GPtrArray) children = mc_store_children (store, record);

  for (guint i = 0; i < children->len; i++)
    {
      const McChild *child = g_ptr_array_index (children, i);
      g_autofree char *promised = long_time (child->due);
      g_autofree char *answer = g_strdup_printf ("%s; %s; trả kết quả: %s",
                                                 child->body,
                                                 child->code,
                                                 promised != NULL ? promised : MC_TERM_NONE);

      mc_receipt_data_add_child (data, child->title, answer);
    }
}

static void
read_office (McReceiptData *data, McStore *store)
{
  g_autoptr (McEnrolment) enrolment = mc_store_enrolment (store);
  g_autoptr (McPapers) papers = NULL;

  if (enrolment == NULL)
    return;
  papers = mc_papers_of (store);
  mc_letterhead_free (data->head);
  data->head = mc_papers_head (papers, enrolment->office_name);
}

static char *
field_of_form (McRecord *record, const char *group)
{
  return g_strdup (json_string_value (mc_record_peek (record, group)));
}

/* Paid by the page: a copy or a signature is certified. */
static void
read_certified (McReceiptData *data, McRecord *record)
{
  const json_t *fee = mc_record_peek (record, MC_GROUP_FEE);
  gint64 amount = mc_json_int (fee, "taken", mc_json_int (fee, "amount", -1));

  data->certified = g_strcmp0 (mc_json_string (fee, "kind"), "per_page") == 0;
  if (!data->certified)
    return;
  data->pages = field_of_form (record, MC_GROUP_FORM_PREFIX "pages");
  data->copies = field_of_form (record, MC_GROUP_FORM_PREFIX "copies");
  data->fee = amount >= 0 ? mc_format_money (amount) : NULL;
}

/* One book a field of work and a year; the line's number comes from the province, so a receipt that
 * was printed before it answered has none. */
static void
add_book (McReceiptData *data,
          McStore *store,
          const McDossier *dossier,
          const McProcedure *procedure)
{
  gint64 ordinal = mc_store_ordinal (store, dossier->row->id);
  g_autoptr (GDateTime) received = mc_local (dossier->row->received_ms);

  if (ordinal == 0 || procedure == NULL || procedure->field == NULL)
    return;
  data->book = g_strdup_printf ("%s/%d", procedure->field, g_date_time_get_year (received));
  data->ordinal = g_strdup_printf ("%" G_GINT64_FORMAT, ordinal);
}

static McReceiptData *
read_one (McStore *store, const McDossier *dossier, GError **error)
{
  g_autoptr (McReceiptData) data = mc_receipt_data_new ();
  g_autoptr (json_t) the_case = mc_record_json (dossier->record, MC_GROUP_CASE);
  g_autoptr (json_t) subject = mc_record_json (dossier->record, MC_GROUP_SUBJECT);
  g_autoptr (McProcedure) procedure = NULL;
  const McEvent *received = reception (dossier);

  data->code = member (the_case, "code");
  if (data->code == NULL)
    {
      g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "the dossier was not received: no code");
      return NULL;
    }
  /* A procedure that has left the catalogue only leaves its term to the pen. */
  procedure = mc_store_procedure_of (store, dossier);
  read_office (data, store);
  read_people (data, dossier->record);
  read_certified (data, dossier->record);
  data->request = request_of (dossier, json_string_value (subject));
  add_parts (data, dossier->record, procedure);
  add_children (data, store, dossier->record);
  add_book (data, store, dossier, procedure);
  data->sets = g_strdup (SETS);
  data->term = term_of (procedure, the_case);
  data->received = received_time (the_case, dossier);
  data->date = date_of (data->received);
  data->promised = promised_time (received, dossier);
  if (received != NULL && received->by != NULL && !mc_id_valid (received->by))
    data->clerk = g_strdup (received->by);
  return g_steal_pointer (&data);
}

/* The first of the paper speaks for all: they have its applicant, its office and its time. */
static McReceiptData *
read_together (McStore *store, GPtrArray *dossiers, GError **error)
{
  g_autoptr (McReceiptData) data = read_one (store, dossiers->pdata[0], error);

  if (data == NULL)
    return NULL;
  data->together = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_receipt_data_free);
  for (guint i = 0; i < dossiers->len; i++)
    {
      McReceiptData *one = read_one (store, dossiers->pdata[i], error);

      if (one == NULL)
        return NULL;
      g_ptr_array_add (data->together, one);
    }
  g_free (data->sets);
  data->sets = g_strdup_printf ("%02u", dossiers->len);
  return g_steal_pointer (&data);
}

McReceiptData *
mc_receipt_read (McStore *store, const McDossier *dossier, GError **error)
{
  g_autoptr (GPtrArray) together = mc_store_together (store, dossier);

  return together != NULL ? read_together (store, together, error)
                          : read_one (store, dossier, error);
}
