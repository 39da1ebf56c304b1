/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-transfer.h"

#define FIRST (64 * 1024)
/* Between these two a chunk is as it should be: long enough that the round trip does not count,
 * short enough that a change which comes meanwhile leaves within a breath. */
#define QUICK_MS 3000
#define LONG_MS 8000
/* Bytes a ms: as fast as an office's own network; of less than this many bytes nothing is read. */
#define BRISK 1000
#define TELLING (16 * 1024)
/* After so many answers that bring it no further the scan lets others go first. */
#define STRIKES_MAX 4

enum
{
  STATUS_OK = 200,
  STATUS_CREATED = 201,
  STATUS_NO_CONTENT = 204,
  STATUS_NOT_FOUND = 404,
  STATUS_CONFLICT = 409,
  STATUS_GONE = 410,
  STATUS_TOO_LARGE = 413,
  STATUS_LOCKED = 423,
  STATUS_TOO_MANY = 429,
  STATUS_CHECKSUM = 460, /* of tus */
  STATUS_UNAVAILABLE = 503,
  STATUS_FULL = 507,
};

McPace
mc_pace_new (void)
{
  return (McPace){ FIRST, 1 };
}

void
mc_pace_took (McPace *pace, gsize bytes, gint64 ms)
{
  /* The end of a scan says little about how long a whole chunk would have taken. */
  if (ms < QUICK_MS && bytes >= pace->chunk)
    pace->chunk = MIN (pace->chunk * 2, MC_PACE_MAX);
  else if (ms > LONG_MS)
    pace->chunk = MAX (MIN (pace->chunk, bytes) / 2, MC_PACE_MIN);
  if (bytes >= TELLING)
    pace->lanes = (gint64)bytes >= ms * BRISK ? MIN (pace->lanes + 1, MC_PACE_LANES) : 1;
}

void
mc_pace_broke (McPace *pace)
{
  pace->chunk = MAX (pace->chunk / 2, MC_PACE_MIN);
  pace->lanes = 1;
}

static char *
usual_path (const char *sha256)
{
  return g_strconcat ("/v1/blobs/", sha256, NULL);
}

McTransfer *
mc_transfer_out (const char *sha256, gint64 size, const char *path, gint64 done)
{
  McTransfer *transfer = g_new0 (McTransfer, 1);

  transfer->sha256 = g_strdup (sha256);
  transfer->path = path != NULL ? g_strdup (path) : usual_path (sha256);
  transfer->out = TRUE;
  transfer->size = size;
  transfer->announced = path != NULL || done > 0;
  transfer->offset = -1;
  return transfer;
}

McTransfer *
mc_transfer_in (const char *sha256, gint64 size, gint64 here)
{
  McTransfer *transfer = g_new0 (McTransfer, 1);

  transfer->sha256 = g_strdup (sha256);
  transfer->path = usual_path (sha256);
  transfer->size = size;
  transfer->offset = here;
  return transfer;
}

void
mc_transfer_free (McTransfer *transfer)
{
  if (transfer == NULL)
    return;
  g_free (transfer->sha256);
  g_free (transfer->path);
  g_free (transfer);
}

McTransferStep
mc_transfer_next (const McTransfer *transfer)
{
  if (transfer->offset >= transfer->size)
    return MC_TRANSFER_DONE;
  if (!transfer->out)
    return MC_TRANSFER_FETCH;
  if (!transfer->announced)
    return MC_TRANSFER_ANNOUNCE;
  return transfer->offset < 0 ? MC_TRANSFER_ASK : MC_TRANSFER_SEND;
}

/* It has heard nothing of it, or nothing any more: half-finished ones do not stay for ever. */
static McOutcome
begin_anew (McTransfer *transfer)
{
  transfer->announced = FALSE;
  transfer->offset = -1;
  g_free (transfer->path);
  transfer->path = usual_path (transfer->sha256);
  return MC_OUTCOME_DONE;
}

static gboolean
possible (const McTransfer *transfer, gint64 offset)
{
  return offset >= 0 && offset <= transfer->size;
}

static McOutcome
asked (McTransfer *transfer, const McTransferAnswer *answer)
{
  if (answer->status == STATUS_NOT_FOUND || answer->status == STATUS_GONE)
    return begin_anew (transfer);
  if ((answer->status != STATUS_OK && answer->status != STATUS_NO_CONTENT) ||
      !possible (transfer, answer->offset))
    return MC_OUTCOME_FAILED;
  transfer->offset = answer->offset;
  return MC_OUTCOME_DONE;
}

/* A portal says 200 to everything, but not where the scan is to go or how much of it is there. */
static McOutcome
announced (McTransfer *transfer, const McTransferAnswer *answer)
{
  gint64 offset = answer->offset;

  if (answer->status == STATUS_CREATED && offset < 0 && answer->path != NULL)
    offset = 0;
  if ((answer->status != STATUS_OK && answer->status != STATUS_CREATED) ||
      !possible (transfer, offset))
    return MC_OUTCOME_FAILED;
  if (answer->path != NULL)
    {
      g_free (transfer->path);
      transfer->path = g_strdup (answer->path);
    }
  transfer->announced = TRUE;
  transfer->offset = offset;
  return MC_OUTCOME_DONE;
}

static McOutcome
sent (McTransfer *transfer, const McTransferAnswer *answer)
{
  if (answer->status == STATUS_NOT_FOUND || answer->status == STATUS_GONE)
    return begin_anew (transfer);
  if (answer->status == STATUS_CONFLICT || answer->status == STATUS_CHECKSUM)
    {
      transfer->offset = -1;
      return MC_OUTCOME_DONE;
    }
  if ((answer->status != STATUS_OK && answer->status != STATUS_NO_CONTENT) ||
      answer->offset != transfer->offset + answer->sent)
    return MC_OUTCOME_FAILED;
  transfer->offset = answer->offset;
  transfer->strikes = 0;
  return MC_OUTCOME_DONE;
}

static McOutcome
by_step (McTransfer *transfer, const McTransferAnswer *answer)
{
  switch (mc_transfer_next (transfer))
    {
    case MC_TRANSFER_ASK:
      return asked (transfer, answer);
    case MC_TRANSFER_ANNOUNCE:
      return announced (transfer, answer);
    case MC_TRANSFER_SEND:
      return sent (transfer, answer);
    case MC_TRANSFER_FETCH:
    case MC_TRANSFER_DONE:
    default:
      g_return_val_if_reached (MC_OUTCOME_FAILED);
    }
}

static gboolean
struck_out (McTransfer *transfer)
{
  if (++transfer->strikes < STRIKES_MAX)
    return FALSE;
  transfer->strikes = 0;
  return TRUE;
}

gboolean
mc_transfer_broke (McTransfer *transfer)
{
  g_return_val_if_fail (transfer != NULL, TRUE);

  /* What came before the line broke is there: how much, the province knows. */
  if (transfer->out && transfer->announced)
    transfer->offset = -1;
  return struck_out (transfer);
}

/* Another desk sends the same one, or the province still ends what a broken line began. */
static gboolean
is_in_use (const McTransferAnswer *answer)
{
  return answer->status == STATUS_LOCKED || g_strcmp0 (answer->word, "busy") == 0;
}

McOutcome
mc_transfer_answered (McTransfer *transfer, const McTransferAnswer *answer)
{
  McTransferStep step;
  McOutcome outcome;
  gint64 before;

  g_return_val_if_fail (transfer != NULL && transfer->out && answer != NULL, MC_OUTCOME_FAILED);

  if (is_in_use (answer) || answer->status == STATUS_FULL)
    return MC_OUTCOME_DENIED;
  if (answer->status == STATUS_TOO_MANY || answer->status == STATUS_UNAVAILABLE)
    return MC_OUTCOME_BUSY;
  /* Of what is only announced it is the scan that is too large, else somebody's limit. */
  if (answer->status == STATUS_TOO_LARGE)
    return mc_transfer_next (transfer) == MC_TRANSFER_SEND ? MC_OUTCOME_TOO_LARGE
                                                           : MC_OUTCOME_DENIED;
  step = mc_transfer_next (transfer);
  before = transfer->offset;
  outcome = by_step (transfer, answer);
  if (step == MC_TRANSFER_SEND && transfer->offset > before)
    return outcome;
  return struck_out (transfer) ? MC_OUTCOME_DENIED : outcome;
}
