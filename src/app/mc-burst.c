/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-burst.h"
#include "mc-code.h"
#include <string.h>

struct _McBurst
{
  McBurstDecode decode;
  guint32 last_ms;  /* of the last press that counted */
  guint32 down;     /* keycode of the last press that was not let go; 0: none */
  guint keys;       /* presses of the burst so far, the first included; 0: idle */
  gboolean holding; /* at least one key is held */
  gboolean closing; /* a burst has just ended: its tail is dropped */
  char *text;       /* of the burst that is done */
};

McBurst *
mc_burst_new (void)
{
  McBurst *burst = g_new0 (McBurst, 1);

  mc_burst_decode_init (&burst->decode);
  return burst;
}

void
mc_burst_free (McBurst *burst)
{
  if (burst == NULL)
    return;
  mc_burst_decode_clear (&burst->decode);
  g_free (burst->text);
  g_free (burst);
}

static void
rest (McBurst *burst)
{
  mc_burst_decode_restart (&burst->decode);
  burst->keys = 0;
  burst->down = 0;
  burst->holding = FALSE;
}

static gboolean
sure (McBurst *burst)
{
  return burst->keys >= MC_BURST_LENGTH_MIN;
}

static guint
gap_allowed (McBurst *burst)
{
  return sure (burst) ? MC_BURST_SURE_GAP_MS : MC_BURST_GAP_MS;
}

static McBurstVerdict
give_back (McBurst *burst)
{
  gboolean held = burst->holding;

  rest (burst);
  return held ? MC_BURST_REPLAY : MC_BURST_PASS;
}

static McBurstVerdict
finish (McBurst *burst)
{
  g_free (burst->text);
  burst->text = g_strdup (g_strstrip (burst->decode.text->str));
  rest (burst);
  burst->closing = TRUE;
  return MC_BURST_DONE;
}

static gboolean
long_enough (McBurst *burst)
{
  return g_utf8_strlen (burst->decode.text->str, -1) >= MC_BURST_LENGTH_MIN;
}

/* Readers end with CR and LF, or with two Enters; and the last keys are let go after the end. */
static gboolean
is_tail (McBurst *burst, const McKey *key)
{
  McBurstDecode probe;
  McDecoded decoded;

  if (key->time_ms - burst->last_ms > MC_BURST_SURE_GAP_MS)
    return FALSE;
  if (!key->press)
    return TRUE;
  mc_burst_decode_init (&probe);
  decoded = mc_burst_decode_key (&probe, key);
  mc_burst_decode_clear (&probe);
  return decoded == MC_DECODED_END;
}

/* Nothing is under way: only a visible character, or a part of one, can begin a burst. */
static McBurstVerdict
begin (McBurst *burst, const McKey *key)
{
  const char *text = burst->decode.text->str;

  rest (burst);
  if (mc_burst_decode_key (&burst->decode, key) != MC_DECODED_TEXT || g_str_has_prefix (text, " "))
    {
      mc_burst_decode_restart (&burst->decode);
      return MC_BURST_PASS;
    }
  burst->keys = 1;
  burst->down = key->keycode;
  burst->last_ms = key->time_ms;
  return MC_BURST_FIRST;
}

static McBurstVerdict
go_on (McBurst *burst, const McKey *key)
{
  switch (mc_burst_decode_key (&burst->decode, key))
    {
    case MC_DECODED_MODIFIER:
      /* Between the first key and the second nothing is held yet: a Shift may pass. */
      return burst->holding ? MC_BURST_HOLD : MC_BURST_PASS;
    case MC_DECODED_TEXT:
      if (burst->decode.text->len > MC_BURST_LENGTH_MAX)
        return give_back (burst);
      burst->keys++;
      burst->down = key->keycode;
      burst->last_ms = key->time_ms;
      burst->holding = TRUE;
      return MC_BURST_HOLD;
    case MC_DECODED_END:
      if (!long_enough (burst))
        return give_back (burst);
      burst->last_ms = key->time_ms;
      return finish (burst);
    case MC_DECODED_OTHER:
    default:
      return give_back (burst);
    }
}

McBurstVerdict
mc_burst_key (McBurst *burst, const McKey *key)
{
  g_return_val_if_fail (burst != NULL && key != NULL, MC_BURST_PASS);

  if (burst->closing)
    {
      if (is_tail (burst, key))
        return MC_BURST_DROP;
      burst->closing = FALSE;
    }
  if (burst->keys == 0)
    return key->press ? begin (burst, key) : MC_BURST_PASS;

  if (!key->press)
    {
      if (key->keycode == burst->down)
        burst->down = 0;
      (void)mc_burst_decode_key (&burst->decode, key);
      return burst->holding ? MC_BURST_HOLD : MC_BURST_PASS;
    }
  /* A key that comes again without having been let go is held down by a finger. */
  if (key->time_ms - burst->last_ms > gap_allowed (burst) || key->keycode == burst->down)
    {
      if (give_back (burst) == MC_BURST_REPLAY)
        return MC_BURST_REPLAY;
      return begin (burst, key);
    }
  return go_on (burst, key);
}

guint
mc_burst_wait_ms (McBurst *burst)
{
  g_return_val_if_fail (burst != NULL, 0);

  return burst->holding ? gap_allowed (burst) : 0;
}

McBurstVerdict
mc_burst_timeout (McBurst *burst)
{
  g_return_val_if_fail (burst != NULL, MC_BURST_PASS);

  if (burst->holding && sure (burst) && long_enough (burst))
    {
      g_autofree char *text = g_strdup (burst->decode.text->str);

      if (mc_scan_classify (g_strstrip (text), NULL) != MC_SCAN_UNKNOWN)
        return finish (burst);
    }
  return give_back (burst);
}

char *
mc_burst_take (McBurst *burst)
{
  g_return_val_if_fail (burst != NULL, NULL);

  return g_steal_pointer (&burst->text);
}

McScan
mc_scan_classify (const char *text, McCard **ret_card)
{
  McCard *card;

  g_return_val_if_fail (text != NULL, MC_SCAN_UNKNOWN);

  if (ret_card != NULL)
    *ret_card = NULL;
  if (strchr (text, '|') != NULL)
    {
      card = mc_card_parse (text, NULL);
      if (card != NULL)
        {
          if (ret_card != NULL)
            *ret_card = card;
          else
            mc_card_free (card);
          return MC_SCAN_CARD;
        }
    }
  return mc_code_classify (text) != MC_CODE_OTHER ? MC_SCAN_CODE : MC_SCAN_UNKNOWN;
}
