/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What anybody may send to be let in, and what anybody may answer: the box, its envelope, and,
 * since whoever knows the province's public key can make one, what lies in the box. */
#include "mc-fuzz.h"
#include "mc-unlock.h"

#include <string.h>

#define DEVICE "01900000-0000-7000-8000-000000000001"

static void
assert_ask (const McUnlockAsk *ask, const McPublicKey *public, const McSecretKey *secret)
{
  g_autoptr (GBytes) body = mc_unlock_ask_write (ask, public);
  g_autoptr (McUnlockAsk) again = mc_unlock_ask_read (body, secret, NULL);

  g_assert_cmpstr (again->login, ==, ask->login);
  g_assert_cmpstr (again->code, ==, ask->code);
  g_assert_cmpstr (again->device, ==, ask->device);
  g_assert_cmpstr (again->certificate, ==, ask->certificate);
  g_assert_true ((again->sealed == NULL) == (ask->sealed == NULL));
  g_assert_cmpmem (again->to, sizeof again->to, ask->to, sizeof ask->to);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static McPublicKey public;
  static McSecretKey secret;
  static McUnlockKey mine;
  static gboolean made;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (McUnlockAsk) plain = NULL;
  g_autoptr (McUnlockAsk) boxed = NULL;
  g_autoptr (McUnlockAnswer) answer = NULL;
  g_autoptr (GBytes) key = NULL;

  if (!made)
    {
      mc_keys_make (&public, &secret);
      mc_unlock_key_make (&mine);
      made = TRUE;
    }
  plain = mc_unlock_ask_read (bytes, &secret, NULL);
  g_assert_null (plain);
  boxed = mc_unlock_ask_parse (bytes, NULL);
  if (boxed != NULL)
    assert_ask (boxed, &public, &secret);
  answer = mc_unlock_answer_read (bytes, &public, &mine, DEVICE, NULL);
  g_assert_null (answer);
  key = mc_unlock_unseal (&secret, DEVICE, bytes, NULL);
  g_assert_null (key);
  return 0;
}
