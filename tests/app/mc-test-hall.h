/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-support.h"
#include "mc-window-private.h"

G_BEGIN_DECLS

/**
 * McTestHall:
 * The whole window on the profile of an office whose clock says what it is told, as the people of
 * that office use it one after the other.
 */
typedef struct
{
  McTestOffice *office;
  McWindow *window;
  guint shots;
} McTestHall;

/** mc_test_hall: @office is taken; its desk is closed, and the window has the profile. an, binh and
 * chi have opened this machine before. */
McTestHall *mc_test_hall (McTestOffice *office);
void mc_test_hall_free (McTestHall *hall);

/** mc_test_hall_sign_in: whoever works there leaves, and @login comes. */
void mc_test_hall_sign_in (McTestHall *hall, const char *login);
/** mc_test_hall_act: what a key does: an action of the window without a target. */
void mc_test_hall_act (McTestHall *hall, const char *action);
void mc_test_hall_queue (McTestHall *hall, McQueue queue);
void mc_test_hall_open (McTestHall *hall, const char *dossier);
/** mc_test_hall_dialog: the question that is on the screen. */
AdwMessageDialog *mc_test_hall_dialog (McTestHall *hall);
/** mc_test_hall_front: another window that is open before it, or %NULL. */
GtkWidget *mc_test_hall_front (McTestHall *hall);
/** mc_test_hall_answer: presses its button, and waits until it is done. */
void mc_test_hall_answer (McTestHall *hall);
/** mc_test_hall_settle: all that was asked for is on the screen. */
void mc_test_hall_settle (McTestHall *hall);
/** mc_test_hall_shot: a picture of the window and what is in front of it into the folder that the
 * environment names in MC_SHOTS; nothing where it names none. */
void mc_test_hall_shot (McTestHall *hall, const char *name);

G_END_DECLS
