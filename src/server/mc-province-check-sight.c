/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-province-check-private.h"

#include <string.h>

/* One dossier, taken through its ops once more: what each office must have been told of it. */
typedef struct
{
  McProvince *province;
  const char *id;
  const McReplay *replay;
  GPtrArray *rulings; /* McRuling */
  GHashTable *told;   /* office → GString: "op ID\n" and "gone ID\n", in the order of its feed */
  GPtrArray *sight;   /* offices that see it so far */
} Walk;

static gboolean
has (GPtrArray *offices, const char *office)
{
  return g_ptr_array_find_with_equal_func (offices, office, g_str_equal, NULL);
}

static void
free_text (gpointer text)
{
  g_string_free (text, TRUE);
}

static GHashTable *
told_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_text);
}

static void
tell (GHashTable *told, const char *office, const char *kind, const char *what)
{
  GString *text = g_hash_table_lookup (told, office);

  if (text == NULL)
    {
      text = g_string_new (NULL);
      g_hash_table_insert (told, g_strdup (office), text);
    }
  g_string_append_printf (text, "%s %s\n", kind, what);
}

/* Whether it was, since the office last lost the dossier. */
static gboolean
was_told (GHashTable *told, const char *office, const char *op)
{
  g_autofree char *entry = g_strdup_printf ("op %s\n", op);
  GString *text = g_hash_table_lookup (told, office);
  const char *gone = text != NULL ? g_strrstr (text->str, "gone ") : NULL;

  return text != NULL && strstr (gone != NULL ? gone : text->str, entry) != NULL;
}

/* All that was before the op; what was refused meanwhile is not told a second time. */
static void
tell_past (Walk *walk, const char *office, guint place)
{
  for (guint i = 0; i < place; i++)
    {
      const char *id = walk->replay[i].op->id;
      const McRuling *ruling = walk->rulings->pdata[i];

      if (!ruling->refused || !was_told (walk->told, office, id))
        tell (walk->told, office, "op", id);
    }
}

/* The sight as the ops up to @place leave it. */
static GPtrArray *
sight_after (Walk *walk, guint place)
{
  g_autoptr (McRecord) record = mc_ledger_replay (walk->id, walk->replay, place + 1, NULL);

  return _mc_sight_of (record);
}

static gboolean
walk_op (Walk *walk, guint place, GError **error)
{
  const McOp *op = walk->replay[place].op;
  const McRuling *ruling = walk->rulings->pdata[place];
  gboolean moves = !ruling->refused && _mc_sight_moves (op);
  g_autoptr (GPtrArray) after = moves ? sight_after (walk, place) : g_ptr_array_ref (walk->sight);
  g_autoptr (GPtrArray) before = g_steal_pointer (&walk->sight);
  g_autoptr (GError) problem = NULL;
  g_autoptr (McDevice) device = mc_province_device (walk->province, op->device, &problem);
  const char *own = device != NULL ? device->office : NULL;

  walk->sight = g_ptr_array_ref (after);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  for (guint i = 0; i < after->len; i++)
    if (!has (before, after->pdata[i]))
      tell_past (walk, after->pdata[i], place);
  for (guint i = 0; i < after->len; i++)
    tell (walk->told, after->pdata[i], "op", op->id);
  for (guint i = 0; i < before->len; i++)
    if (!has (after, before->pdata[i]))
      {
        tell (walk->told, before->pdata[i], "op", op->id);
        tell (walk->told, before->pdata[i], "gone", op->on);
      }
  if (own != NULL && !has (before, own) && !has (after, own))
    tell (walk->told, own, "op", op->id);
  return TRUE;
}

/* What the feeds really say of the dossier. */
static GHashTable *
read_told (McProvince *province, const char *id, GError **error)
{
  g_autoptr (GHashTable) told = told_new ();
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query =
      mc_db_query (province->db,
                   error,
                   "SELECT f.office, f.n, f.kind, f.op FROM op o JOIN feed f ON f.op = o.id"
                   " WHERE o.record = ?1 AND f.kind = 'op'"
                   " UNION ALL SELECT office, n, kind, op FROM feed WHERE op = ?1 AND kind = 'gone'"
                   " ORDER BY 1, 2",
                   "s",
                   id);

  if (query == NULL)
    return NULL;
  while (mc_query_next (query, &problem))
    tell (told, mc_query_text (query, 0), mc_query_text (query, 2), mc_query_text (query, 3));
  if (problem == NULL)
    return g_steal_pointer (&told);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

static void
compare_told (Walk *walk, GHashTable *real, GPtrArray *findings)
{
  GHashTableIter iter;
  gpointer office, text;

  g_hash_table_iter_init (&iter, walk->told);
  while (g_hash_table_iter_next (&iter, &office, &text))
    {
      const GString *said = g_hash_table_lookup (real, office);

      if (said == NULL || !g_str_equal (said->str, ((GString *)text)->str))
        _mc_found (findings,
                   "record %s: the feed of office %s does not say what it must",
                   walk->id,
                   (const char *)office);
    }
  g_hash_table_iter_init (&iter, real);
  while (g_hash_table_iter_next (&iter, &office, NULL))
    if (!g_hash_table_contains (walk->told, office))
      _mc_found (findings,
                 "record %s: office %s was told of it and must not be",
                 walk->id,
                 (const char *)office);
}

static gboolean
compare_sight (Walk *walk, GPtrArray *findings, GError **error)
{
  g_autoptr (GPtrArray) real = _mc_province_column (walk->province,
                                                    "SELECT office FROM sight WHERE record = ?",
                                                    walk->id,
                                                    error);

  for (guint i = 0; real != NULL && i < real->len; i++)
    if (!has (walk->sight, real->pdata[i]))
      _mc_found (findings,
                 "record %s: office %s sees it and must not",
                 walk->id,
                 (const char *)real->pdata[i]);
  for (guint i = 0; real != NULL && i < walk->sight->len; i++)
    if (!has (real, walk->sight->pdata[i]))
      _mc_found (findings,
                 "record %s: office %s does not see it",
                 walk->id,
                 (const char *)walk->sight->pdata[i]);
  return real != NULL;
}

/* Whether a new desk would be told it first, as its state says. */
static gboolean
compare_first (Walk *walk, GPtrArray *findings, GError **error)
{
  g_autoptr (McRecord) record = mc_ledger_replay (walk->id, walk->replay, walk->rulings->len, NULL);
  gint64 wrong = 0;

  if (!mc_db_int (walk->province->db,
                  error,
                  &wrong,
                  "SELECT count (*) FROM sight WHERE record = ?1 AND open <> ?2",
                  "si",
                  walk->id,
                  (gint64)(_mc_first_needed (record) ? 1 : 0)))
    return FALSE;
  if (wrong > 0)
    _mc_found (findings, "record %s: whether it is open is not what stands there", walk->id);
  return TRUE;
}

static gboolean
compare_matter (Walk *walk, const McOp *op, GPtrArray *findings, GError **error)
{
  const char *person = _mc_matter_of (op);
  g_autoptr (GError) problem = NULL;
  g_autofree char *kept =
      mc_db_text (walk->province->db,
                  &problem,
                  "SELECT person FROM matter WHERE record = ? AND procedure = ?",
                  "ss",
                  op->on,
                  mc_json_string (op->body, "procedure"));

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (g_strcmp0 (kept, person) != 0)
    _mc_found (findings, "record %s: its matter is not the one received", walk->id);
  return TRUE;
}

gboolean
_mc_check_sight (McProvince *province,
                 const char *id,
                 const McReplay *replay,
                 GPtrArray *rulings,
                 GPtrArray *findings,
                 GError **error)
{
  g_autoptr (GHashTable) told = told_new ();
  g_autoptr (GHashTable) real = NULL;
  Walk walk = { province, id, replay, rulings, told, g_ptr_array_new_with_free_func (g_free) };
  gboolean ok = TRUE;

  if (rulings->len == 0 ||
      (mc_verb_admin (replay[0].op->verb) && !g_str_equal (replay[0].op->verb, MC_VERB_OWN)))
    {
      g_ptr_array_unref (walk.sight);
      return TRUE;
    }
  for (guint i = 0; ok && i < rulings->len; i++)
    {
      ok = walk_op (&walk, i, error);
      if (ok && g_str_equal (replay[i].op->verb, MC_VERB_RECEIVE) &&
          !((McRuling *)rulings->pdata[i])->refused)
        ok = compare_matter (&walk, replay[i].op, findings, error);
    }
  real = ok ? read_told (province, id, error) : NULL;
  if (real != NULL)
    {
      compare_told (&walk, real, findings);
      ok = compare_sight (&walk, findings, error) && compare_first (&walk, findings, error);
    }
  g_ptr_array_unref (walk.sight);
  return ok && real != NULL;
}
