/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-province-private.h"

#include "mc-error.h"
#include "mc-id.h"
#include <string.h>

/* How exactly it is kept when a desk was last there. */
#define SEEN_MS (3600 * G_GINT64_CONSTANT (1000))
/* What is said to be missing of an op that this program is too old for. */
#define NEWER "version"
/* And where the device that signed it is not known: whoever has its certificate brings it. */
#define STRANGER "device"
/* An op is judged, written, told to each office that sees it, and told back. */
#define WEIGHT_OF_OP 10

/* One round trip. */
struct _McTrip
{
  McProvince *province;
  const McDevice *device;
  const McSyncRequest *request;
  McLines *lines;
  guint next;           /* the first line that is not taken yet */
  guint taking;         /* of the province, when the last part was taken */
  gboolean begun;       /* the first part was taken */
  gboolean interrupted; /* others' lines were taken between two parts of it */
  gboolean holds;       /* the cursor is of this feed */
  gboolean orphans;     /* there are some, or were before it */
};
typedef McTrip Trip;

/* For a line that is no op: the id it seems to claim, so that its sender knows which one is meant.
 */
static char *
claimed_id (const char *line)
{
  const char *member = strstr (line, "\"id\":\"");
  g_autofree char *id = NULL;

  if (member == NULL)
    return g_strdup ("-");
  id = g_strndup (member + strlen ("\"id\":\""), MC_ID_LENGTH);
  return mc_id_valid (id) ? g_steal_pointer (&id) : g_strdup ("-");
}

/* Other bytes under the id of an op that is held are nobody's op. */
static gboolean
same_line (McProvince *province, const McOp *op)
{
  g_autofree char *held =
      mc_db_text (province->db, NULL, "SELECT line FROM op WHERE id = ?", "s", op->id);

  return g_strcmp0 (held, op->line) == 0;
}

static gboolean
take_new (Trip *trip, McLine *line, GError **error)
{
  g_auto (GStrv) missing = line->shaped ? _mc_missing_parents (trip->province, line->op) : NULL;
  g_autoptr (McRuling) ruling = NULL;
  McTaking taking;

  if (missing != NULL)
    {
      trip->orphans = TRUE;
      return _mc_orphan_keep (trip->province, line, trip->device, error);
    }
  if (!_mc_line_taking (trip->province, line, MC_JUDGE_PLAIN, &taking, error))
    return FALSE;
  ruling = _mc_province_take (trip->province, line->op, &taking, error);
  return ruling != NULL &&
         (!trip->orphans || _mc_orphans_adopt (trip->province, line->op->id, error));
}

/* What becomes of one line. %FALSE only where the database fails. */
static gboolean
take_line (Trip *trip, McLine *line, GError **error)
{
  if (line->wrong != NULL)
    return TRUE;
  if (mc_ledger_has (trip->province->db, line->op->id))
    {
      if (!same_line (trip->province, line->op))
        line->wrong = "format";
      return TRUE;
    }
  if (!line->genuine && !line->stranger)
    line->wrong = "signature";
  return line->wrong != NULL || line->stranger || line->newer || take_new (trip, line, error);
}

/* It is there; and where it holds nothing that is not here, nobody waits for it any longer. */
static gboolean
note_contact (Trip *trip, GError **error)
{
  gint64 now = mc_province_now (trip->province);

  if (!mc_db_run (trip->province->db,
                  error,
                  "UPDATE device SET seen = ?2 WHERE id = ?1 AND abs (seen - ?2) >= ?3",
                  "sii",
                  trip->device->id,
                  now,
                  SEEN_MS))
    return FALSE;
  if (!trip->orphans)
    return TRUE;
  /* An op that came between two parts of this came after the desk said what it holds: the next time
   * it says so again. */
  return (!trip->holds || trip->request->left > 0 || trip->interrupted ||
          mc_db_run (trip->province->db,
                     error,
                     "UPDATE device SET heard = coalesce ((SELECT max (seq) FROM orphan), heard)"
                     " WHERE id = ?",
                     "s",
                     trip->device->id)) &&
         _mc_orphans_late (trip->province, error);
}

/* A request that brings nothing and changes nothing writes nothing. */
static gboolean
has_work (Trip *trip, gboolean *ret_work, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gint64 now = mc_province_now (trip->province);
  gint64 seen = 0;

  if (!_mc_orphans_any (trip->province, &trip->orphans, error))
    return FALSE;
  *ret_work = trip->lines->all->len > 0 || trip->orphans;
  if (*ret_work)
    return TRUE;
  *ret_work = mc_db_int (trip->province->db,
                         &problem,
                         &seen,
                         "SELECT seen FROM device WHERE id = ?",
                         "s",
                         trip->device->id) &&
              ABS (now - seen) >= SEEN_MS;
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* One that waits for its parents may be taken with any of these lines: by then all that is known of
 * it must be. */
static gboolean
note_receipts (Trip *trip, GError **error)
{
  for (guint i = 0; i < trip->lines->all->len; i++)
    {
      McLine *line = _mc_lines_get (trip->lines, i, error);

      if (line == NULL || !_mc_orphan_receipt (trip->province, line, error))
        return FALSE;
    }
  return TRUE;
}

/* In their order, until the time is over, one at least. */
static gboolean
take_lines (Trip *trip, gint64 over_us, GError **error)
{
  do
    {
      McLine *line = _mc_lines_get (trip->lines, trip->next, error);

      if (line == NULL || !take_line (trip, line, error))
        return FALSE;
      trip->next++;
    }
  while (trip->next < trip->lines->all->len && g_get_monotonic_time () < over_us);
  return TRUE;
}

/* In one transaction, which is open. Where this feed is not the one the desk followed, what was
 * forgotten here must come first, in the order held: what waits would be judged without a hand-over
 * that it was made after. */
static gboolean
take_part (Trip *trip, gint64 over_us, GError **error)
{
  if (trip->holds && trip->orphans && trip->next == 0 && !note_receipts (trip, error))
    return FALSE;
  if (trip->holds && trip->next < trip->lines->all->len && !take_lines (trip, over_us, error))
    return FALSE;
  if (trip->holds && trip->next < trip->lines->all->len)
    return TRUE;
  trip->next = trip->lines->all->len;
  return note_contact (trip, error);
}

/* What the lines of this part are taken into. */
static gboolean
look_again (Trip *trip, gboolean *ret_work, GError **error)
{
  McProvince *province = trip->province;

  trip->interrupted = trip->interrupted || (trip->begun && province->taking != trip->taking);
  trip->begun = TRUE;
  return _mc_feed_follows (province, trip->device->office, trip->request, &trip->holds, error) &&
         has_work (trip, ret_work, error);
}

gboolean
mc_trip_go (McTrip *trip, gint64 over_us, gboolean *ret_done, GError **error)
{
  gboolean work = FALSE;

  g_return_val_if_fail (trip != NULL && ret_done != NULL, FALSE);

  if (!look_again (trip, &work, error))
    return FALSE;
  if (work)
    {
      trip->taking = ++trip->province->taking;
      if (!_mc_province_begin (trip->province, error) ||
          !_mc_province_end (trip->province, take_part (trip, over_us, error), error))
        return FALSE;
    }
  *ret_done = !work || trip->next >= trip->lines->all->len;
  return TRUE;
}

static void
answer_refused (McSyncAnswer *answer, const char *op, const char *reason)
{
  g_autoptr (McRuling) ruling = mc_ruling_refuse (reason);
  g_autofree char *text = mc_ruling_text (ruling);

  mc_sync_answer_put (answer, op, text, NULL);
}

/* What is to be said of a line beside the entries of the page. */
static void
answer_line (Trip *trip, const McLine *line, GHashTable *brought, McSyncAnswer *answer)
{
  static const char *const newer[] = { NEWER, NULL };
  static const char *const stranger[] = { STRANGER, NULL };
  g_autofree char *claimed = line->op == NULL ? claimed_id (line->pushed.line) : NULL;
  g_autofree char *ruling = NULL;
  g_auto (GStrv) missing = NULL;

  if (line->wrong != NULL)
    answer_refused (answer, claimed != NULL ? claimed : line->op->id, line->wrong);
  else if (GPOINTER_TO_INT (g_hash_table_lookup (brought, line->op->id)) == 1)
    return;
  else if ((ruling = mc_ledger_ruling (trip->province->db, line->op->id)) != NULL)
    mc_sync_answer_put (answer, line->op->id, ruling, NULL);
  else if (line->stranger)
    mc_sync_answer_put (answer, line->op->id, NULL, stranger);
  else if (line->newer)
    mc_sync_answer_put (answer, line->op->id, NULL, newer);
  else
    {
      missing = _mc_missing_parents (trip->province, line->op);
      mc_sync_answer_put (answer, line->op->id, NULL, (const char *const *)missing);
    }
}

static gboolean
answer_all (Trip *trip, McSyncAnswer *answer, GError **error)
{
  g_autoptr (GHashTable) brought = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < trip->lines->all->len; i++)
    {
      const McLine *line = _mc_lines_get (trip->lines, i, error);

      if (line == NULL)
        return FALSE;
      if (line->wrong == NULL)
        g_hash_table_replace (brought, g_strdup (line->op->id), NULL);
    }
  if (!_mc_feed_page (trip->province,
                      trip->device->office,
                      trip->request,
                      brought,
                      answer,
                      error) ||
      !_mc_first_page (trip->province, trip->device->office, trip->request, answer, error))
    return FALSE;
  for (guint i = 0; trip->holds && i < trip->lines->all->len; i++)
    answer_line (trip, _mc_lines_get (trip->lines, i, NULL), brought, answer);
  return TRUE;
}

guint
mc_province_weigh (McProvince *province, const McDevice *device, const McSyncRequest *request)
{
  gint64 limit = CLAMP (request->limit, 0, MC_WIRE_ENTRIES_MAX);
  McCursor head = { 0 };

  g_return_val_if_fail (province != NULL && device != NULL && request != NULL, 0);

  if (!request->first.on && _mc_feed_head (province, device->office, &head, NULL))
    limit = CLAMP (head.n - request->cursor.n, 0, limit);
  return (guint)limit + request->lines->len * WEIGHT_OF_OP;
}

McTrip *
mc_trip_new (McProvince *province,
             const McDevice *device,
             const McSyncRequest *request,
             GError **error)
{
  g_autoptr (McTrip) trip = g_new0 (McTrip, 1);

  g_return_val_if_fail (province != NULL && device != NULL && request != NULL, NULL);

  trip->province = province;
  trip->device = device;
  trip->request = request;
  trip->lines = _mc_lines_read (province, request->lines, error);
  return trip->lines != NULL ? g_steal_pointer (&trip) : NULL;
}

void
mc_trip_free (McTrip *trip)
{
  if (trip == NULL)
    return;
  g_clear_pointer (&trip->lines, _mc_lines_free);
  g_free (trip);
}

McSyncAnswer *
mc_trip_answer (McTrip *trip, GError **error)
{
  g_autoptr (McSyncAnswer) answer = mc_sync_answer_new ();

  g_return_val_if_fail (trip != NULL, NULL);

  answer->time_ms = mc_province_now (trip->province);
  if (!_mc_province_desk_kind (trip->province, trip->device, &answer->desk, error) ||
      !answer_all (trip, answer, error))
    return NULL;
  return g_steal_pointer (&answer);
}

McSyncAnswer *
mc_province_sync (McProvince *province,
                  const McDevice *device,
                  const McSyncRequest *request,
                  GError **error)
{
  g_autoptr (McTrip) trip = mc_trip_new (province, device, request, error);
  gboolean done = FALSE;

  if (trip == NULL || !mc_trip_go (trip, G_MAXINT64, &done, error))
    return NULL;
  return mc_trip_answer (trip, error);
}
