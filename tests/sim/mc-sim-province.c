/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-province.h"

#include "mc-province-private.h"
#include "mc-sim-desk.h"
#include "mc-sim-net.h"
#include <string.h>

typedef struct
{
  McSimImage *disk;
  GHashTable *keys;
} McSimCopy;

static void
copy_free (gpointer data)
{
  McSimCopy *copy = data;

  mc_sim_image_unref (copy->disk);
  g_hash_table_unref (copy->keys);
  g_free (copy);
}

static char *
keys_folder (McSimProvince *machine)
{
  return g_build_filename (machine->world->base->province, "keys", NULL);
}

static void
start (McSimProvince *machine)
{
  g_autoptr (GError) error = NULL;

  machine->looked = -1;
  machine->province =
      mc_province_open (machine->world->base->province, &machine->clock.clock, &error);
  if (error != NULL)
    mc_sim_bad (machine->world, "the province does not start: %s", error->message);
}

McSimProvince *
mc_sim_province_new (McSimWorld *world)
{
  McSimProvince *machine = g_new0 (McSimProvince, 1);
  g_autofree char *keys = NULL;

  machine->world = world;
  machine->copies = g_ptr_array_new_with_free_func (copy_free);
  mc_sim_clock_init (&machine->clock, &world->now_ms);
  mc_sim_disk_restore (world->base->province_disk, world->base->province_image);
  keys = keys_folder (machine);
  mc_sim_folder_write (keys, world->base->province_keys);
  start (machine);
  mc_sim_province_back_up (machine);
  return machine;
}

void
mc_sim_province_free (McSimProvince *machine)
{
  mc_province_close (machine->province);
  g_ptr_array_unref (machine->copies);
  g_free (machine);
}

McDb *
mc_sim_province_db (McSimProvince *machine)
{
  return machine->province->db;
}

gboolean
mc_sim_province_waits (McSimProvince *machine)
{
  gint64 one = 0;

  return mc_db_int (machine->province->db, NULL, &one, "SELECT 1 FROM orphan LIMIT 1", "");
}

gboolean
mc_sim_province_has_told (McSimProvince *machine, const char *office, const McCursor *cursor)
{
  g_autofree char *hash = mc_db_text (machine->province->db,
                                      NULL,
                                      "SELECT hash FROM feed WHERE office = ?1 AND n = ?2 AND n ="
                                      " (SELECT max (n) FROM feed WHERE office = ?1)",
                                      "si",
                                      office,
                                      cursor->n);

  return g_strcmp0 (hash, cursor->hash) == 0;
}

/* One that the database has forgotten comes back by its certificate. */
static McDevice *
find_device (McSimProvince *machine, const char *device, const char *certificate)
{
  g_autoptr (GError) error = NULL;
  McDevice *known = mc_province_device (machine->province, device, &error);

  if (known == NULL && error == NULL)
    {
      known = mc_province_readmit (machine->province, device, certificate, &error);
      if (known != NULL)
        mc_sim_note (machine->world, "device readmitted");
    }
  return known;
}

/* Sight that came and went in one request is known from the word that it went. */
void
mc_sim_province_look (McSimProvince *machine)
{
  gint64 changes = sqlite3_total_changes64 (mc_db_handle (machine->province->db));
  g_autoptr (McQuery) query = NULL;

  if (changes == machine->looked)
    return;
  machine->looked = changes;
  query = mc_db_query (machine->province->db,
                       NULL,
                       "SELECT record || ' ' || office FROM sight UNION ALL"
                       " SELECT op || ' ' || office FROM feed WHERE kind = 'gone'",
                       "");
  while (query != NULL && mc_query_next (query, NULL))
    g_hash_table_add (machine->world->ever_seen, g_strdup (mc_query_text (query, 0)));
}

/* What the province once said of an op that it has forgotten, on the word of its receipt. */
typedef struct
{
  char *op;
  gboolean refused;
  gboolean taken; /* by an earlier part of the request that brought it */
} Word;

static void
word_clear (gpointer data)
{
  g_free (((Word *)data)->op);
}

static GArray *
words_in (McSimProvince *machine, const McSyncRequest *request)
{
  GArray *words = g_array_new (FALSE, TRUE, sizeof (Word));

  g_array_set_clear_func (words, word_clear);
  for (guint i = 0; i < request->lines->len; i++)
    {
      g_auto (McPushed) pushed = { 0 };
      g_autoptr (McOp) op = NULL;
      g_autofree char *receipt = NULL;
      Word word = { 0 };

      mc_pushed_read (request->lines->pdata[i], &pushed);
      op = pushed.receipt ? mc_op_parse (pushed.line, -1, NULL) : NULL;
      if (op == NULL || mc_ledger_has (machine->province->db, op->id))
        continue;
      receipt = mc_keyring_receipt (machine->province->keyring, op->id, pushed.reason);
      if (strcmp (receipt, pushed.receipt) != 0)
        continue;
      word.op = g_strdup (op->id);
      word.refused = pushed.reason != NULL;
      g_array_append_val (words, word);
    }
  return words;
}

/* A receipt spares the second look: what was admitted stays so, and what was refused. */
static void
check_words (McSimProvince *machine, GArray *words)
{
  for (guint i = 0; i < words->len; i++)
    {
      const Word *word = &g_array_index (words, Word, i);
      g_autofree char *ruling = mc_ledger_ruling (machine->province->db, word->op);

      /* Where its dossier was refused by then, nobody can admit what was built on it. */
      if (g_strcmp0 (ruling, "\"refused:record\"") == 0)
        continue;
      if (ruling != NULL && g_str_has_prefix (ruling, "\"refused:") != word->refused)
        mc_sim_bad (machine->world,
                    "%s was %s before and is %s, for all its receipt",
                    mc_sim_short (word->op),
                    word->refused ? "refused" : "admitted",
                    ruling);
    }
}

static gboolean
is_taken (McSimProvince *machine, const Word *word)
{
  return mc_ledger_has (machine->province->db, word->op);
}

static void
note_taken (McSimProvince *machine, GArray *words)
{
  for (guint i = 0; i < words->len; i++)
    {
      Word *word = &g_array_index (words, Word, i);

      word->taken = is_taken (machine, word);
    }
}

static void
drop_taken_since (McSimProvince *machine, GArray *words)
{
  for (guint i = words->len; i-- > 0;)
    {
      const Word *word = &g_array_index (words, Word, i);

      if (!word->taken && is_taken (machine, word))
        g_array_remove_index (words, i);
    }
}

/* Somebody else comes while a request is half taken. What he brought of it is judged by his words.
 */
static void
let_another_in (McSimProvince *machine, const char *device, GArray *words)
{
  McSimWorld *world = machine->world;

  note_taken (machine, words);
  machine->between = TRUE;
  mc_sim_note (world, "another came between two parts");
  for (guint i = 0; i < world->desks->len; i++)
    {
      McSimDesk *other = world->desks->pdata[i];

      if (!other->dead && !other->in_contact && g_strcmp0 (other->device, device) != 0 &&
          mc_sim_net_contact (world->net, other, MC_SIM_LINE_GOOD, 0))
        break;
    }
  machine->between = FALSE;
  drop_taken_since (machine, words);
}

/* A large request is taken in parts, here of one line each. */
static McSyncAnswer *
take (McSimProvince *machine,
      const McDevice *device,
      const McSyncRequest *request,
      GArray *words,
      GError **error)
{
  McSimWorld *world = machine->world;
  g_autoptr (McTrip) trip = mc_trip_new (machine->province, device, request, error);
  gboolean parts = !world->calm && !machine->between && world->now_ms / 1000 % 4 == 0;
  gboolean done = FALSE;
  guint part = 0;

  while (trip != NULL && !done)
    {
      if (!mc_trip_go (trip, parts ? 0 : G_MAXINT64, &done, error))
        return NULL;
      if (!done && part++ == 0)
        let_another_in (machine, device->id, words);
    }
  return trip != NULL ? mc_trip_answer (trip, error) : NULL;
}

GBytes *
mc_sim_province_answer (McSimProvince *machine,
                        const char *device,
                        const char *certificate,
                        GBytes *request,
                        McOutcome *ret_outcome)
{
  g_autoptr (McSyncRequest) read = mc_sync_request_read (request, NULL);
  g_autoptr (McSyncAnswer) answer = NULL;
  g_autoptr (McDevice) known = NULL;
  g_autoptr (GArray) words = NULL;
  g_autoptr (GError) error = NULL;

  *ret_outcome = MC_OUTCOME_FAILED;
  if (machine->province == NULL || read == NULL)
    return NULL;
  known = find_device (machine, device, certificate);
  if (known == NULL)
    return NULL;
  if (known->suspended)
    {
      *ret_outcome = MC_OUTCOME_DENIED;
      return NULL;
    }
  words = words_in (machine, read);
  answer = take (machine, known, read, words, &error);
  if (answer == NULL)
    {
      mc_sim_say (machine->world,
                  "  province: %s",
                  error ? error->message : "no answer, no reason");
      return NULL;
    }
  mc_sim_province_look (machine);
  check_words (machine, words);
  *ret_outcome = MC_OUTCOME_DONE;
  return mc_sync_answer_write (answer);
}

void
mc_sim_province_restart (McSimProvince *machine, McSimRandom *random)
{
  McSimDisk *disk = machine->world->base->province_disk;
  guint torn;

  mc_sim_disk_stop (disk);
  g_clear_pointer (&machine->province, mc_province_close);
  torn = mc_sim_disk_start (disk, random);
  mc_sim_count_add (machine->world->count, "torn write", torn);
  start (machine);
}

guint
mc_sim_province_back_up (McSimProvince *machine)
{
  McSimCopy *copy = g_new0 (McSimCopy, 1);
  g_autofree char *keys = keys_folder (machine);

  copy->disk = mc_sim_disk_image (machine->world->base->province_disk);
  copy->keys = mc_sim_folder_read (keys);
  g_ptr_array_add (machine->copies, copy);
  return machine->copies->len - 1;
}

/* Of the keys folder only the mark goes back: keys and register are kept apart, or nobody who
 * enrolled since the copy could be known again. */
static void
put_mark_back (const char *keys, GHashTable *then)
{
  g_autofree char *path = g_build_filename (keys, "mark", NULL);
  GBytes *mark = g_hash_table_lookup (then, "mark");

  if (mark != NULL)
    mc_sim_file_set (path, g_bytes_get_data (mark, NULL), g_bytes_get_size (mark));
}

void
mc_sim_province_restore (McSimProvince *machine, guint copy, gboolean whole)
{
  McSimCopy *chosen = machine->copies->pdata[copy % machine->copies->len];
  McSimDisk *disk = machine->world->base->province_disk;
  g_autofree char *keys = keys_folder (machine);

  mc_sim_disk_stop (disk);
  g_clear_pointer (&machine->province, mc_province_close);
  mc_sim_disk_restore (disk, chosen->disk);
  if (whole)
    put_mark_back (keys, chosen->keys);
  start (machine);
}
