/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-enrol.h"

#include "mc-sim-province.h"

/* What an admission says goes into the profile, as the road does it. */
static void
become (McSimDesk *desk, const McAdmission *admission, const McSecretKey *key)
{
  McSimWorld *world = desk->world;
  g_autoptr (GError) error = NULL;
  g_autofree char *province_key =
      mc_base64_encode (mc_province_key (world->province->province)->bytes, MC_KEY_PUBLIC_BYTES);
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

  if (!mc_store_set_enrolment (desk->store, &enrolment, key, &error))
    {
      mc_sim_bad (world, "desk %u cannot keep its enrolment: %s", desk->number, error->message);
      return;
    }
  g_free (desk->device);
  g_free (desk->certificate);
  desk->device = g_strdup (enrolment.device);
  desk->certificate = g_strdup (enrolment.certificate);
  mc_sim_say (world, "  desk %u is device %s", desk->number, mc_sim_short (desk->device));
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

void
mc_sim_enrol_again (McSimDesk *desk)
{
  mc_sim_note (desk->world, "copy met");
}
