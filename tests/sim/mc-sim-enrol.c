/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-enrol.h"

#include "mc-sim-province.h"

/* What an admission says goes into the profile, as the road does it. @key: (nullable): %NULL: the
 * contact has it */
static McOutcome
become (McSimDesk *desk, const McAdmission *admission, const McSecretKey *key)
{
  McSimWorld *world = desk->world;
  g_autoptr (GError) error = NULL;
  g_autofree char *province_key =
      mc_base64_encode (mc_province_key (world->province->province)->bytes, MC_KEY_PUBLIC_BYTES);
  McReply reply = { .outcome = MC_OUTCOME_FAILED };
  McEnrolment enrolment = {
    .device = admission->device->id,
    .office = admission->device->office,
    .office_code = admission->office_code,
    .office_name = admission->office_name,
    .slot = admission->device->slot,
    .server = (char *)"http://127.0.0.1:9",
    .certificate = admission->certificate,
    .province_key = province_key,
  };
  gboolean kept = key != NULL ? mc_store_set_enrolment (desk->store, &enrolment, key, &error)
                              : mc_contact_enrolled (desk->contact, &enrolment, &reply, &error);

  if (!kept)
    {
      mc_sim_say (world, "  desk %u cannot keep its enrolment: %s", desk->number, error->message);
      if (!mc_sim_disk_hit (world->base->disks[desk->number]))
        mc_sim_bad (world, "desk %u cannot keep its enrolment: %s", desk->number, error->message);
      return MC_OUTCOME_FAILED;
    }
  mc_sim_desk_collect (desk);
  g_free (desk->device);
  g_free (desk->certificate);
  desk->device = g_strdup (enrolment.device);
  desk->certificate = g_strdup (enrolment.certificate);
  mc_sim_say (world, "  desk %u is device %s", desk->number, mc_sim_short (desk->device));
  return MC_OUTCOME_DONE;
}

void
mc_sim_enrol (McSimDesk *desk)
{
  McSimWorld *world = desk->world;
  McProvince *province = world->province->province;
  g_autoptr (GError) error = NULL;
  g_autofree char *code = mc_province_invite (province, world->base->offices[desk->office], &error);
  g_autoptr (McAdmission) admission = NULL;
  McSecretKey secret;
  McPublicKey public;

  mc_keys_make (&public, &secret);
  if (code != NULL)
    admission = mc_province_enrol (province, code, &public, &error);
  if (admission == NULL)
    mc_sim_bad (world, "desk %u cannot enrol: %s", desk->number, error->message);
  else
    become (desk, admission, &secret);
}

/* The device it was until now, which the province may have forgotten. */
static McDevice *
old_device (McSimDesk *desk, GError **error)
{
  McProvince *province = desk->world->province->province;
  McDevice *device = mc_province_device (province, desk->device, error);

  return device != NULL || *error != NULL
             ? device
             : mc_province_readmit (province, desk->device, desk->certificate, error);
}

McOutcome
mc_sim_enrol_again (McSimDesk *desk, gboolean answer_lost)
{
  McSimWorld *world = desk->world;
  g_autoptr (GError) error = NULL;
  const McSecretKey *secret = mc_contact_new_key (desk->contact, NULL);
  g_autoptr (McDevice) old = old_device (desk, &error);
  g_autoptr (McAdmission) admission = NULL;
  McPublicKey public;

  if (secret == NULL)
    return MC_OUTCOME_FAILED;
  mc_secret_key_public (secret, &public);
  if (old != NULL)
    admission = mc_province_enrol_again (world->province->province, old, &public, &error);
  mc_sim_say (world,
              "  desk %u enrols anew: %s",
              desk->number,
              error ? error->message : "taken in");
  if (admission == NULL || answer_lost)
    {
      mc_sim_note (world, admission ? "new enrolment's answer lost" : "new enrolment refused");
      return MC_OUTCOME_FAILED;
    }
  mc_sim_note (world, "copy enrolled anew");
  return become (desk, admission, NULL);
}
