/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-transfer.h"

#define SIZE 100000
#define CHUNK 30000

static McOutcome
answer (McTransfer *transfer, guint status, gint64 offset, const char *path)
{
  const McTransferAnswer told = { status, offset, path, NULL, CHUNK };

  return mc_transfer_answered (transfer, &told);
}

/* What was never tried is announced at once: a question first would cost a round trip. */
static void
test_a_new_one (void)
{
  g_autoptr (McTransfer) transfer = mc_transfer_out ("ab", SIZE, NULL, 0);

  g_assert_cmpint (mc_transfer_next (transfer), ==, MC_TRANSFER_ANNOUNCE);
  g_assert_cmpint (answer (transfer, 201, 0, NULL), ==, MC_OUTCOME_DONE);
  for (gint64 end = CHUNK; end < SIZE; end += CHUNK)
    {
      g_assert_cmpint (mc_transfer_next (transfer), ==, MC_TRANSFER_SEND);
      g_assert_cmpint (answer (transfer, 204, end, NULL), ==, MC_OUTCOME_DONE);
      g_assert_cmpint (transfer->offset, ==, end);
    }
  transfer->offset = SIZE;
  g_assert_cmpint (mc_transfer_next (transfer), ==, MC_TRANSFER_DONE);
}

/* Another desk brought the same one: nothing is sent. */
static void
test_it_is_there_already (void)
{
  g_autoptr (McTransfer) transfer = mc_transfer_out ("ab", SIZE, NULL, 0);

  g_assert_cmpint (answer (transfer, 200, SIZE, NULL), ==, MC_OUTCOME_DONE);
  g_assert_cmpint (mc_transfer_next (transfer), ==, MC_TRANSFER_DONE);
}

/* A server that names uploads as it likes is followed, also after the program was ended. */
static void
test_where_it_is_taken (void)
{
  g_autoptr (McTransfer) transfer = mc_transfer_out ("ab", SIZE, NULL, 0);
  g_autoptr (McTransfer) later = NULL;

  g_assert_cmpint (answer (transfer, 201, -1, "/files/77"), ==, MC_OUTCOME_DONE);
  g_assert_cmpstr (transfer->path, ==, "/files/77");
  g_assert_cmpint (transfer->offset, ==, 0);
  later = mc_transfer_out ("ab", SIZE, transfer->path, 0);
  g_assert_cmpint (mc_transfer_next (later), ==, MC_TRANSFER_ASK);
  g_assert_cmpint (answer (later, 200, CHUNK, NULL), ==, MC_OUTCOME_DONE);
  g_assert_cmpint (mc_transfer_next (later), ==, MC_TRANSFER_SEND);
  /* It was half-finished too long: it is announced anew, where all are. */
  g_assert_cmpint (answer (later, 410, -1, NULL), ==, MC_OUTCOME_DONE);
  g_assert_cmpint (mc_transfer_next (later), ==, MC_TRANSFER_ANNOUNCE);
  g_assert_cmpstr (later->path, ==, "/v1/blobs/ab");
}

/* After a cut the province is asked: what came of the chunk before the line broke is not sent
 * again. */
static void
test_after_a_cut (void)
{
  g_autoptr (McTransfer) transfer = mc_transfer_out ("ab", SIZE, NULL, CHUNK);

  g_assert_cmpint (mc_transfer_next (transfer), ==, MC_TRANSFER_ASK);
  answer (transfer, 200, CHUNK, NULL);
  g_assert_false (mc_transfer_broke (transfer));
  g_assert_cmpint (mc_transfer_next (transfer), ==, MC_TRANSFER_ASK);
  answer (transfer, 200, CHUNK + 777, NULL);
  g_assert_cmpint (transfer->offset, ==, CHUNK + 777);
  g_assert_cmpint (mc_transfer_next (transfer), ==, MC_TRANSFER_SEND);
}

/* One break in its very first chunk is no reason to let others go first. */
static void
test_first_chunk_cut (void)
{
  g_autoptr (McTransfer) transfer = mc_transfer_out ("ab", SIZE, NULL, 0);
  McTransferAnswer last = { .status = 204, .offset = CHUNK, .sent = CHUNK };

  answer (transfer, 201, 0, NULL);
  g_assert_false (mc_transfer_broke (transfer));
  answer (transfer, 200, 0, NULL);
  g_assert_cmpint (mc_transfer_next (transfer), ==, MC_TRANSFER_SEND);
  g_assert_cmpint (mc_transfer_answered (transfer, &last), ==, MC_OUTCOME_DONE);
  g_assert_cmpint (transfer->offset, ==, CHUNK);
}

typedef struct
{
  McTransferStep at;
  guint status;
  gint64 offset;
  const char *path;
  McOutcome outcome;
  McTransferStep next;
} Row;

static void
bring_to (McTransfer *transfer, McTransferStep step)
{
  transfer->announced = step != MC_TRANSFER_ANNOUNCE;
  transfer->offset = step == MC_TRANSFER_SEND ? CHUNK : -1;
  g_assert_cmpint (mc_transfer_next (transfer), ==, step);
}

static void
test_answers (void)
{
  static const Row rows[] = {
    { MC_TRANSFER_ASK, 404, -1, NULL, MC_OUTCOME_DONE, MC_TRANSFER_ANNOUNCE },
    { MC_TRANSFER_ASK, 204, 0, NULL, MC_OUTCOME_DONE, MC_TRANSFER_SEND },
    { MC_TRANSFER_ASK, 200, -1, NULL, MC_OUTCOME_FAILED, MC_TRANSFER_ASK },
    { MC_TRANSFER_ASK, 200, SIZE + 1, NULL, MC_OUTCOME_FAILED, MC_TRANSFER_ASK },
    { MC_TRANSFER_ASK, 302, 0, NULL, MC_OUTCOME_FAILED, MC_TRANSFER_ASK },
    { MC_TRANSFER_ANNOUNCE, 200, -1, "/login", MC_OUTCOME_FAILED, MC_TRANSFER_ANNOUNCE },
    { MC_TRANSFER_ANNOUNCE, 201, -1, NULL, MC_OUTCOME_FAILED, MC_TRANSFER_ANNOUNCE },
    { MC_TRANSFER_ANNOUNCE, 413, -1, NULL, MC_OUTCOME_DENIED, MC_TRANSFER_ANNOUNCE },
    { MC_TRANSFER_ANNOUNCE, 507, -1, NULL, MC_OUTCOME_DENIED, MC_TRANSFER_ANNOUNCE },
    { MC_TRANSFER_SEND, 204, 2 * CHUNK, NULL, MC_OUTCOME_DONE, MC_TRANSFER_SEND },
    { MC_TRANSFER_SEND, 204, CHUNK, NULL, MC_OUTCOME_FAILED, MC_TRANSFER_SEND },
    { MC_TRANSFER_SEND, 204, -1, NULL, MC_OUTCOME_FAILED, MC_TRANSFER_SEND },
    { MC_TRANSFER_SEND, 409, CHUNK, NULL, MC_OUTCOME_DONE, MC_TRANSFER_ASK },
    { MC_TRANSFER_SEND, 460, -1, NULL, MC_OUTCOME_DONE, MC_TRANSFER_ASK },
    { MC_TRANSFER_SEND, 404, -1, NULL, MC_OUTCOME_DONE, MC_TRANSFER_ANNOUNCE },
    { MC_TRANSFER_SEND, 413, -1, NULL, MC_OUTCOME_TOO_LARGE, MC_TRANSFER_SEND },
    { MC_TRANSFER_SEND, 423, -1, NULL, MC_OUTCOME_DENIED, MC_TRANSFER_SEND },
    { MC_TRANSFER_SEND, 429, -1, NULL, MC_OUTCOME_BUSY, MC_TRANSFER_SEND },
    { MC_TRANSFER_SEND, 503, -1, NULL, MC_OUTCOME_BUSY, MC_TRANSFER_SEND },
    { MC_TRANSFER_SEND, 507, -1, NULL, MC_OUTCOME_DENIED, MC_TRANSFER_SEND },
    { MC_TRANSFER_SEND, 500, -1, NULL, MC_OUTCOME_FAILED, MC_TRANSFER_SEND },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      g_autoptr (McTransfer) transfer = mc_transfer_out ("ab", SIZE, NULL, 0);

      g_test_message ("%d %u %d", (int)row->at, row->status, (int)row->offset);
      bring_to (transfer, row->at);
      g_assert_cmpint (answer (transfer, row->status, row->offset, row->path), ==, row->outcome);
      g_assert_cmpint (mc_transfer_next (transfer), ==, row->next);
    }
}

/* The province still ends what a broken line began: only this scan waits. */
static void
test_in_use (void)
{
  g_autoptr (McTransfer) transfer = mc_transfer_out ("ab", SIZE, NULL, CHUNK);
  const McTransferAnswer busy = { 503, -1, NULL, "busy", CHUNK };

  bring_to (transfer, MC_TRANSFER_SEND);
  g_assert_cmpint (mc_transfer_answered (transfer, &busy), ==, MC_OUTCOME_DENIED);
}

/* A scan that never gets further lets others go first, whatever it is told. */
static void
test_going_round (void)
{
  g_autoptr (McTransfer) transfer = mc_transfer_out ("ab", SIZE, NULL, CHUNK);
  guint answers = 0;

  while (answer (transfer, mc_transfer_next (transfer) == MC_TRANSFER_ASK ? 200 : 409, 0, NULL) !=
         MC_OUTCOME_DENIED)
    g_assert_cmpuint (++answers, <, 10);
  for (answers = 0; !mc_transfer_broke (transfer); answers++)
    g_assert_cmpuint (answers, <, 10);
}

static void
test_pace (void)
{
  McPace pace = mc_pace_new ();
  gsize before = pace.chunk;

  mc_pace_took (&pace, pace.chunk, 100);
  g_assert_cmpuint (pace.chunk, ==, 2 * before);
  /* The short end of a scan says nothing. */
  mc_pace_took (&pace, 10, 1);
  g_assert_cmpuint (pace.chunk, ==, 2 * before);
  mc_pace_took (&pace, pace.chunk, 4000);
  g_assert_cmpuint (pace.chunk, ==, 2 * before);
  for (guint i = 0; i < 20; i++)
    mc_pace_took (&pace, pace.chunk, 100);
  g_assert_cmpuint (pace.chunk, ==, MC_PACE_MAX);
  for (guint i = 0; i < 20; i++)
    mc_pace_took (&pace, pace.chunk, 60000);
  g_assert_cmpuint (pace.chunk, ==, MC_PACE_MIN);
  mc_pace_broke (&pace);
  g_assert_cmpuint (pace.chunk, ==, MC_PACE_MIN);
}

/* Scans travel beside each other where the line is an office's own network or as good, and only
 * while it is. */
static void
test_lanes (void)
{
  McPace pace = mc_pace_new ();

  g_assert_cmpuint (pace.lanes, ==, 1);
  mc_pace_took (&pace, 300 * 1000, 20);
  g_assert_cmpuint (pace.lanes, ==, 2);
  for (guint i = 0; i < 20; i++)
    mc_pace_took (&pace, 300 * 1000, 20);
  g_assert_cmpuint (pace.lanes, ==, MC_PACE_LANES);
  /* So little says nothing. */
  mc_pace_took (&pace, 100, 500);
  g_assert_cmpuint (pace.lanes, ==, MC_PACE_LANES);
  mc_pace_took (&pace, 300 * 1000, 2400);
  g_assert_cmpuint (pace.lanes, ==, 1);
  mc_pace_took (&pace, 300 * 1000, 20);
  mc_pace_broke (&pace);
  g_assert_cmpuint (pace.lanes, ==, 1);
}

/* Where a chunk settles on a line of @kbit/s with a round trip of @ms. */
static gint64
settles (gint64 kbit, gint64 ms, gint64 *ret_took)
{
  McPace pace = mc_pace_new ();

  for (guint i = 0; i < 20; i++)
    {
      *ret_took = ms + (gint64)pace.chunk * 8 / kbit;
      mc_pace_took (&pace, pace.chunk, *ret_took);
    }
  return (gint64)pace.chunk;
}

/* A change waits for a chunk no longer than eight seconds on the worst line, and the round trip
 * takes no more than a fifth. */
static void
test_pace_of_lines (void)
{
  static const struct
  {
    gint64 kbit, ms;
  } lines[] = { { 30, 600 }, { 100, 1200 }, { 1000, 80 } };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      gint64 took = 0;
      gint64 chunk = settles (lines[i].kbit, lines[i].ms, &took);

      g_test_message ("%d kbit/s: %d bytes", (int)lines[i].kbit, (int)chunk);
      g_assert_cmpint (took, <=, 8000);
      g_assert_cmpint (lines[i].ms * 5, <=, took);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name) g_test_add_func ("/transfer/" #name, test_##name)
  ADD (a_new_one);
  ADD (it_is_there_already);
  ADD (where_it_is_taken);
  ADD (after_a_cut);
  ADD (first_chunk_cut);
  ADD (answers);
  ADD (in_use);
  ADD (going_round);
  ADD (pace);
  ADD (pace_of_lines);
  ADD (lanes);
  return g_test_run ();
}
