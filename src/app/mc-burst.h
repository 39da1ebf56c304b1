/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-burst-decode.h"
#include "mc-card.h"

G_BEGIN_DECLS

/**
 * McBurst:
 * Tells a card reader or barcode gun that plays keyboard from a person who types. Pure: it is fed
 * raw key events with their own time stamps and answers what to do with each.
 *
 * A reader strikes keys a few milliseconds apart, a person seldom below 60 ms, and never eight
 * times running below 35 ms. The first key of anything is let through at once, so that typing feels
 * immediate; the second one, if it comes within 35 ms, and those after it are held. Either
 * they become a burst (and nothing of it reaches the page), or they were typing and are given back
 * in their order, at most 35 ms late.
 */
typedef struct _McBurst McBurst;

#define MC_BURST_GAP_MS 35 /* the longest pause between two keys of a reader */
#define MC_BURST_SURE_GAP_MS                                                                       \
  120                            /* once it is surely a machine, a hiccup of the bus is forgiven   \
                                  */
#define MC_BURST_LENGTH_MIN 8    /* keys before a machine is believed, and characters of a burst */
#define MC_BURST_LENGTH_MAX 2048 /* characters; the longest card has about 400 */

typedef enum
{
  MC_BURST_PASS,   /* let it through */
  MC_BURST_FIRST,  /* let it through, but remember the field as it was before */
  MC_BURST_HOLD,   /* keep it; ask mc_burst_timeout() when nothing follows for mc_burst_wait_ms() */
  MC_BURST_REPLAY, /* what is held was typing: give it back in order, then feed this key again */
  MC_BURST_DONE,   /* what is held and this key were a burst: drop them, take the text */
  MC_BURST_DROP,   /* a part of a burst that is over (its line feed, a release): drop it */
} McBurstVerdict;

McBurst *mc_burst_new (void);
void mc_burst_free (McBurst *burst);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McBurst, mc_burst_free)

McBurstVerdict mc_burst_key (McBurst *burst, const McKey *key);
/** mc_burst_wait_ms: how long to wait for the next key; 0 when nothing is held. */
guint mc_burst_wait_ms (McBurst *burst);
/**
 * mc_burst_timeout:
 * Nothing came. A reader without a suffix ends so: a whole card or code is %MC_BURST_DONE, anything
 * else %MC_BURST_REPLAY.
 */
McBurstVerdict mc_burst_timeout (McBurst *burst);
/** mc_burst_take: the text of the burst that is done, trimmed. Returns: (transfer full) */
char *mc_burst_take (McBurst *burst);

/** McScan: what a burst was. */
typedef enum
{
  MC_SCAN_CARD,
  MC_SCAN_CODE,
  MC_SCAN_UNKNOWN,
} McScan;

/**
 * mc_scan_classify:
 * @ret_card: (out) (transfer full) (optional): set for %MC_SCAN_CARD only, %NULL otherwise
 */
McScan mc_scan_classify (const char *text, McCard **ret_card);

G_END_DECLS
