/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-op-make.h"

#include "mc-error.h"
#include <string.h>

#define ID1 "01900000-0000-7000-8000-000000000001"
#define ID2 "01900000-0000-7000-8000-000000000002"

static McPublicKey public_key;
static McSecretKey secret_key;

static McOp *
sign (const char *verb, json_t *body, json_t *base)
{
  McOpDraft draft = {
    .id = ID1,
    .device = ID2,
    .n = 7,
    .at = 1795219200000000,
    .by = ID2,
    .on = ID1,
    .verb = verb,
    .body = body,
    .base = base,
    .read = "0123",
    .instead = ID2,
  };

  return mc_op_sign (&draft, &secret_key);
}

static McOp *
sign_contact (void)
{
  g_autoptr (json_t) body =
      json_pack ("{s:{s:{s:s}}}", "groups", "contact", "phone", " 09\xcc\x80 ");
  g_autoptr (json_t) base = json_pack ("{s:[s,s]}", "contact", ID1, ID2);

  return sign (MC_VERB_SET, body, base);
}

/* A line as somebody else's program could have signed it. */
static McOp *
sign_text (const char *json, GError **error)
{
  g_autofree char *signature = mc_keys_sign (&secret_key, json, strlen (json));
  g_autofree char *line = g_strconcat (signature, " ", json, NULL);

  return mc_op_parse (line, -1, error);
}

static void
test_round_trip (void)
{
  g_autoptr (McOp) made = sign_contact ();
  g_autoptr (GError) error = NULL;
  g_autoptr (McOp) op = mc_op_parse (made->line, -1, &error);

  g_assert_no_error (error);
  g_assert_true (mc_op_verify (op, &public_key));
  g_assert_cmpstr (op->line, ==, made->line);
  g_assert_cmpstr (op->id, ==, ID1);
  g_assert_cmpstr (op->device, ==, ID2);
  g_assert_cmpint (op->n, ==, 7);
  g_assert_cmpint (op->at, ==, 1795219200000000);
  g_assert_cmpstr (op->by, ==, ID2);
  g_assert_cmpstr (op->on, ==, ID1);
  g_assert_cmpstr (op->verb, ==, MC_VERB_SET);
  g_assert_cmpstr (op->read, ==, "0123");
  g_assert_cmpstr (op->instead, ==, ID2);
  g_assert_cmpint (op->version, ==, mc_verb_version (MC_VERB_SET));
  g_assert_cmpstr (
      mc_json_string (json_object_get (json_object_get (op->body, "groups"), "contact"), "phone"),
      ==,
      "09\xcc\x80");
}

/* Every byte of the line set to each of a few others: it is no op, or not the signer's. */
static void
test_every_byte (void)
{
  g_autoptr (McOp) op = sign_contact ();
  gsize length = strlen (op->line);

  for (gsize i = 0; i < length; i++)
    {
      const char others[] = {
        (char)(op->line[i] ^ 1), (char)(op->line[i] ^ 0x20), ' ', '"', 'A', '0', '=', '\xff', '\n'
      };

      for (guint o = 0; o < G_N_ELEMENTS (others); o++)
        {
          g_autofree char *line = g_strdup (op->line);
          g_autoptr (McOp) changed = NULL;

          if (others[o] == line[i] || others[o] == '\0')
            continue;
          line[i] = others[o];
          changed = mc_op_parse (line, -1, NULL);
          g_assert_true (changed == NULL || !mc_op_verify (changed, &public_key));
        }
    }
}

static void
test_torn_and_longer (void)
{
  g_autoptr (McOp) op = sign_contact ();
  gsize length = strlen (op->line);
  static const char *const tails[] = { " ", "x", "}", "\n", "\r", "{}" };

  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (McOp) torn = mc_op_parse (op->line, (gssize)i, NULL);

      g_assert_null (torn);
    }
  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *line = g_strconcat (op->line, tails[i], NULL);
      g_autoptr (McOp) longer = mc_op_parse (line, -1, NULL);

      g_assert_true (longer == NULL || !mc_op_verify (longer, &public_key));
    }
}

static void
test_other_key (void)
{
  g_autoptr (McOp) op = sign_contact ();
  McPublicKey other_public;
  McSecretKey other;

  mc_keys_make (&other_public, &other);
  g_assert_false (mc_op_verify (op, &other_public));
}

#define HEAD                                                                                       \
  "{\"v\":1,\"id\":\"" ID1 "\",\"dev\":\"" ID2 "\",\"n\":1,\"at\":1795219200000000,\"by\":\"" ID2  \
  "\",\"on\":\"" ID1 "\","

/* A newer program's members, in another order and with spaces, are kept as they were signed. */
static void
test_unknown_members (void)
{
  static const char *const json =
      "{ \"zzz\":{\"b\":1,\"a\":[2.50]}, \"do\":\"dossier.fly\",\"v\":3,\"id\":\"" ID1
      "\",\"dev\":\"" ID2 "\",\"n\":1,\"at\":1795219200000000,\"by\":\"" ID2 "\",\"on\":\"" ID1
      "\",\"body\":{\"x\":\"\\u1ec5\"},\"base\":{},\"extra\":null}";
  g_autoptr (GError) error = NULL;
  g_autoptr (McOp) op = sign_text (json, &error);
  g_autoptr (McOp) again = NULL;
  g_autoptr (GPtrArray) writes = NULL;

  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (op->line, json));
  g_assert_cmpint (op->version, ==, 3);
  g_assert_true (mc_op_verify (op, &public_key));
  again = mc_op_parse (op->line, -1, NULL);
  g_assert_cmpstr (again->line, ==, op->line);
  writes = mc_op_writes (op);
  g_assert_cmpuint (writes->len, ==, 0);
}

static void
test_no_op (void)
{
  static const char *const rows[] = {
    "{}",
    "[]",
    "7",
    HEAD "\"do\":\"x\",\"body\":{},\"base\":[]}",
    HEAD "\"do\":\"x\",\"body\":[],\"base\":{}}",
    HEAD "\"do\":\"x\",\"base\":{}}",
    HEAD "\"do\":\"\",\"body\":{},\"base\":{}}",
    HEAD "\"do\":7,\"body\":{},\"base\":{}}",
    HEAD "\"do\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"body\":{},\"base\":{}}",
    HEAD "\"do\":\"x\",\"body\":{},\"base\":{\"a\":\"" ID1 "\"}}",
    HEAD "\"do\":\"x\",\"body\":{},\"base\":{\"a\":[\"x\"]}}",
    HEAD "\"do\":\"x\",\"body\":{},\"base\":{\"a\":[null]}}",
    HEAD "\"do\":\"x\",\"body\":{},\"base\":{},\"instead\":\"x\"}",
    HEAD "\"do\":\"x\",\"body\":{},\"body\":{},\"base\":{}}",
    HEAD "\"do\":\"x\",\t\"body\":{},\"base\":{}}",
    HEAD "\"do\":\"x\",\"body\":{\"a\":\"\xff\"},\"base\":{}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (McOp) op = sign_text (rows[i], &error);

      g_test_message ("row %u", i);
      g_assert_null (op);
      g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
    }
}

/* Numbers that are missing, no numbers, or no time that a calendar could show. */
static void
test_numbers (void)
{
  static const struct
  {
    const char *v, *n, *at;
    gboolean good;
  } rows[] = {
    { "1", "1", "1795219200000000", TRUE },
    { "99", "9223372036854775807", "1", TRUE },
    { "0", "1", "1", FALSE },
    { "1", "0", "1", FALSE },
    { "1", "-1", "1", FALSE },
    { "1", "1", "0", FALSE },
    { "1", "1", "9223372036854775807", FALSE },
    { "1", "1", "32503680000000001", FALSE },
    { "1", "1.0", "1", FALSE },
    { "\"1\"", "1", "1", FALSE },
    { "1", "18446744073709551616", "1", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *json =
          g_strdup_printf ("{\"v\":%s,\"id\":\"" ID1 "\",\"dev\":\"" ID2
                           "\",\"n\":%s,\"at\":%s,\"by\":\"" ID2 "\",\"on\":\"" ID1
                           "\",\"do\":\"x\",\"body\":{},\"base\":{}}",
                           rows[i].v,
                           rows[i].n,
                           rows[i].at);
      g_autoptr (McOp) op = sign_text (json, NULL);

      g_test_message ("%s", json);
      g_assert_cmpint (op != NULL, ==, rows[i].good);
    }
}

static void
test_too_long (void)
{
  g_autofree char *filler = g_strnfill (MC_OP_LINE_MAX, 'a');
  g_autofree char *json =
      g_strdup_printf (HEAD "\"do\":\"x\",\"body\":{\"a\":\"%s\"},\"base\":{}}", filler);
  g_autoptr (McOp) op = sign_text (json, NULL);

  g_assert_null (op);
}

/* The same words typed on two keyboards are one text, before they are signed. */
static void
test_nfc (void)
{
  g_autoptr (McOp) nfc =
      mc_story_op ("A", MC_VERB_SET, "{'groups':{'applicant':{'name':'Nguyễn'}}}", "{}", NULL);
  g_autoptr (McOp) nfd =
      mc_story_op ("A",
                   MC_VERB_SET,
                   "{'groups':{'applicant':{'name':' Nguye\xcc\x82\xcc\x83n\\n'}}}",
                   "{}",
                   NULL);

  g_assert_cmpstr (nfc->line, ==, nfd->line);
}

/* Somebody else's program may sign NFD: what is written is the same all the same. */
static void
test_nfd_of_others (void)
{
  g_autoptr (McOp) op = sign_text (
      HEAD "\"do\":\"dossier.set\",\"body\":{\"groups\":{\"form:x\":\"e\xcc\x82\"}},\"base\":{}}",
      NULL);
  g_autoptr (GPtrArray) writes = mc_op_writes (op);

  g_assert_cmpstr (json_string_value (((McWrite *)writes->pdata[0])->value), ==, "ê");
}

static void
test_verbs (void)
{
  static const struct
  {
    const char *verb;
    gboolean admin, creates;
  } rows[] = {
    { MC_VERB_RECEIVE, FALSE, TRUE }, { MC_VERB_SET, FALSE, FALSE },
    { MC_VERB_STEP, FALSE, FALSE },   { MC_VERB_ATTACH, FALSE, FALSE },
    { MC_VERB_FEE, FALSE, FALSE },    { MC_VERB_NOTE, FALSE, FALSE },
    { MC_VERB_SETTLE, FALSE, FALSE }, { MC_VERB_OFFICE, TRUE, TRUE },
    { MC_VERB_STAFF, TRUE, TRUE },    { MC_VERB_PROCEDURE, TRUE, TRUE },
    { MC_VERB_CALENDAR, TRUE, TRUE }, { "x", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (mc_verb_admin (rows[i].verb), ==, rows[i].admin);
      g_assert_cmpint (mc_verb_creates (rows[i].verb), ==, rows[i].creates);
    }
}

static void
test_parents (void)
{
  g_autoptr (McOp) op = mc_story_op ("A",
                                     MC_VERB_SET,
                                     "{}",
                                     "{'applicant':['B','C'],'contact':['C','D'],'fee':[]}",
                                     NULL);
  g_autoptr (GPtrArray) parents = mc_op_parents (op);

  g_assert_cmpuint (parents->len, ==, 3);
  g_assert_true (g_ptr_array_find_with_equal_func (parents, mc_story_id ("B"), g_str_equal, NULL));
  g_assert_true (g_ptr_array_find_with_equal_func (parents, mc_story_id ("C"), g_str_equal, NULL));
  g_assert_true (g_ptr_array_find_with_equal_func (parents, mc_story_id ("D"), g_str_equal, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  mc_keys_make (&public_key, &secret_key);
  g_test_add_func ("/op/round-trip", test_round_trip);
  g_test_add_func ("/op/every-byte", test_every_byte);
  g_test_add_func ("/op/torn-and-longer", test_torn_and_longer);
  g_test_add_func ("/op/other-key", test_other_key);
  g_test_add_func ("/op/unknown-members", test_unknown_members);
  g_test_add_func ("/op/no-op", test_no_op);
  g_test_add_func ("/op/numbers", test_numbers);
  g_test_add_func ("/op/too-long", test_too_long);
  g_test_add_func ("/op/nfc", test_nfc);
  g_test_add_func ("/op/nfd-of-others", test_nfd_of_others);
  g_test_add_func ("/op/verbs", test_verbs);
  g_test_add_func ("/op/parents", test_parents);
  return g_test_run ();
}
