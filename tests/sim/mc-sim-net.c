/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-net.h"

#include <string.h>

/* A request that is late, as it was sent. */
typedef struct
{
  char *device;
  char *certificate;
  GBytes *bytes;
} Late;

struct _McSimNet
{
  McSimWorld *world;
  GPtrArray *late;
};

static const char *const names[MC_N_SIM_LINES] = {
  "line good",
  "line drop",
  "line answer lost",
  "line half-open",
  "line delay",
  "line duplicate",
  "line torn request",
  "line corrupted request",
  "line torn answer",
  "line corrupted answer",
  "line corrupted entry",
  "line captive portal",
  "line busy",
  "line too large",
};

static const char portal[] = "<html><body>Chào mừng đến với WiFi. Nhập số phòng…</body></html>\n";

const char *
mc_sim_line_name (McSimLine line)
{
  return names[line];
}

static void
late_free (gpointer data)
{
  Late *late = data;

  g_free (late->device);
  g_free (late->certificate);
  g_bytes_unref (late->bytes);
  g_free (late);
}

McSimNet *
mc_sim_net_new (McSimWorld *world)
{
  McSimNet *net = g_new0 (McSimNet, 1);

  net->world = world;
  net->late = g_ptr_array_new_with_free_func (late_free);
  return net;
}

void
mc_sim_net_free (McSimNet *net)
{
  g_ptr_array_unref (net->late);
  g_free (net);
}

void
mc_sim_net_clear (McSimNet *net)
{
  g_ptr_array_set_size (net->late, 0);
}

static GBytes *
front (GBytes *bytes, guint64 choice)
{
  gsize size = g_bytes_get_size (bytes);

  return g_bytes_new_from_bytes (bytes, 0, size > 0 ? (gsize)(choice % size) : 0);
}

/* One byte of it is another. */
static GBytes *
spoil (GBytes *bytes, guint64 choice, gsize from)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint8 *copy = g_memdup2 (data, size);

  if (size > from)
    copy[from + choice % (size - from)] ^= (guint8)(1u << (choice >> 32) % 7);
  return g_bytes_new_take (copy, size);
}

/* The desk signs every request: one that was altered on the way is not its own any more. */
static void
send_spoiled (McSimNet *net, McSimDesk *desk, GBytes *request, guint64 choice)
{
  g_autoptr (GBytes) spoiled = spoil (request, choice, 0);
  g_autofree char *sent = mc_wire_sign_text ("POST", "/v1/sync", request);
  g_autofree char *got = mc_wire_sign_text ("POST", "/v1/sync", spoiled);
  g_autofree char *signature = NULL;
  McSecretKey key;
  McPublicKey public;

  if (!mc_store_device_key (desk->store, &key, NULL))
    return;
  mc_secret_key_public (&key, &public);
  signature = mc_keys_sign (&key, sent, strlen (sent));
  if (mc_keys_verify (&public, got, strlen (got), signature))
    mc_sim_bad (net->world, "a request with other bytes passes for what was signed");
}

static GBytes *
deliver (McSimNet *net,
         const char *device,
         const char *certificate,
         GBytes *request,
         McOutcome *outcome)
{
  McSimProvince *province = net->world->province;
  GBytes *answer = mc_sim_province_answer (province, device, certificate, request, outcome);

  mc_sim_tell_exchange (net->world, request, answer);
  if (answer != NULL)
    mc_sim_digest (net->world, g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
  return answer;
}

static void
put_late (McSimNet *net, McSimDesk *desk, GBytes *request)
{
  Late *late = g_new0 (Late, 1);

  late->device = g_strdup (desk->device);
  late->certificate = g_strdup (desk->certificate);
  late->bytes = g_bytes_ref (request);
  g_ptr_array_add (net->late, late);
}

gboolean
mc_sim_net_deliver (McSimNet *net, guint choice, gboolean last_first)
{
  g_autoptr (GBytes) answer = NULL;
  McOutcome outcome;
  Late *late;
  guint place;

  if (net->late->len == 0)
    return FALSE;
  place = last_first ? net->late->len - 1 : choice % net->late->len;
  if (place > 0)
    mc_sim_note (net->world, "line reorder");
  late = g_ptr_array_steal_index (net->late, place);
  mc_sim_say (net->world, "  a late request of device %s comes", mc_sim_short (late->device));
  answer = deliver (net, late->device, late->certificate, late->bytes, &outcome);
  late_free (late);
  return TRUE;
}

/* The bytes of the answer after the line has done its worst. */
static GBytes *
harm_answer (McSimLine line, GBytes *answer, guint64 choice)
{
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (GBytes) spoiled = NULL;
  const char *data;
  gsize size;

  switch (line)
    {
    case MC_SIM_LINE_TORN_ANSWER:
      return front (answer, choice);
    case MC_SIM_LINE_BAD_ANSWER:
      packed = mc_wire_pack (answer);
      spoiled = spoil (packed, choice, 0);
      return mc_wire_unpack (spoiled, MC_WIRE_MAX, NULL);
    case MC_SIM_LINE_BAD_ENTRY:
      data = g_bytes_get_data (answer, &size);
      return spoil (answer, choice, (gsize)((char *)memchr (data, '\n', size) - data) + 1);
    default:
      return g_bytes_ref (answer);
    }
}

/* Whether the line let the request through at all; what the desk gets back is in @outcome. */
static gboolean
lets_through (McSimNet *net,
              McSimDesk *desk,
              McSimLine line,
              GBytes *request,
              guint64 choice,
              McOutcome *outcome)
{
  g_autoptr (GBytes) part = NULL;
  g_autoptr (GBytes) answer = NULL;

  *outcome = MC_OUTCOME_FAILED;
  switch (line)
    {
    case MC_SIM_LINE_DROP:
      return FALSE;
    case MC_SIM_LINE_DELAY:
      put_late (net, desk, request);
      mc_sim_pass (net->world, MC_SIM_MINUTE);
      *outcome = MC_OUTCOME_SLOW;
      return FALSE;
    case MC_SIM_LINE_DUPLICATE:
      put_late (net, desk, request);
      return TRUE;
    case MC_SIM_LINE_TORN_REQUEST:
      part = front (request, choice);
      answer = deliver (net, desk->device, desk->certificate, part, outcome);
      if (answer != NULL)
        mc_sim_bad (net->world, "a torn request was answered");
      return FALSE;
    case MC_SIM_LINE_BAD_REQUEST:
      send_spoiled (net, desk, request, choice);
      return FALSE;
    case MC_SIM_LINE_BUSY:
      *outcome = MC_OUTCOME_BUSY;
      return FALSE;
    case MC_SIM_LINE_TOO_LARGE:
      *outcome = MC_OUTCOME_TOO_LARGE;
      return FALSE;
    default:
      return TRUE;
    }
}

/* An answer in which only the feed's own hash can tell what is wrong must move nothing. */
static void
check_not_believed (McSimNet *net, McSimDesk *desk, McSimLine line, gboolean taken)
{
  if (taken && (line == MC_SIM_LINE_PORTAL || line == MC_SIM_LINE_TORN_ANSWER))
    mc_sim_bad (net->world, "desk %u believed a %s", desk->number, names[line] + 5);
}

gboolean
mc_sim_net_contact (McSimNet *net, McSimDesk *desk, McSimLine line, guint64 choice)
{
  g_autoptr (GBytes) request = mc_sim_desk_begin (desk, TRUE);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GBytes) got = NULL;
  McOutcome outcome = MC_OUTCOME_FAILED;
  gboolean taken;

  if (request == NULL)
    return FALSE;
  mc_sim_note (net->world, names[line]);
  mc_sim_digest (net->world, g_bytes_get_data (request, NULL), g_bytes_get_size (request));
  if (line == MC_SIM_LINE_PORTAL)
    got = g_bytes_new_static (portal, sizeof portal - 1);
  else if (lets_through (net, desk, line, request, choice, &outcome))
    answer = deliver (net, desk->device, desk->certificate, request, &outcome);
  if (answer != NULL && line == MC_SIM_LINE_HALF_OPEN)
    mc_sim_pass (net->world, MC_SIM_MINUTE);
  if (answer != NULL && (line == MC_SIM_LINE_ANSWER_LOST || line == MC_SIM_LINE_HALF_OPEN))
    outcome = line == MC_SIM_LINE_HALF_OPEN ? MC_OUTCOME_SLOW : MC_OUTCOME_FAILED;
  else if (answer != NULL)
    got = harm_answer (line, answer, choice);
  if (answer != NULL && got == NULL)
    outcome = MC_OUTCOME_FAILED;
  taken = mc_sim_desk_end (desk, got, outcome);
  check_not_believed (net, desk, line, taken);
  return taken;
}

void
mc_sim_net_begin (McSimNet *net, McSimDesk *desk)
{
  g_autoptr (GBytes) request = mc_sim_desk_begin (desk, TRUE);
  McOutcome outcome = MC_OUTCOME_FAILED;

  if (request == NULL)
    return;
  mc_sim_note (net->world, "line held");
  mc_sim_digest (net->world, g_bytes_get_data (request, NULL), g_bytes_get_size (request));
  desk->held_answer = deliver (net, desk->device, desk->certificate, request, &outcome);
  if (desk->held_answer == NULL)
    mc_sim_desk_end (desk, NULL, outcome);
}

void
mc_sim_net_finish (McSimNet *net, McSimDesk *desk)
{
  g_autoptr (GBytes) answer = g_steal_pointer (&desk->held_answer);

  if (answer != NULL)
    mc_sim_desk_end (desk, answer, MC_OUTCOME_DONE);
}
