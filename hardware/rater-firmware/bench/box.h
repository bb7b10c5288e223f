#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The box without the box: an ATmega328P that runs the real ELF, with what the simulator leaves out of the EEPROM. A
   byte takes 3.4 ms; a byte in flight at a brown-out is left erased or random. */

#define CYCLES_A_SECOND 16000000u
#define CYCLES_A_MS (CYCLES_A_SECOND / 1000)
#define BOX_EEPROM_BYTES 1024

enum box_tear { TEAR_RANDOM, TEAR_ERASED, TEAR_SEEDED };

struct box;

/* Opens the program and the EEPROM's file (NULL: memory only, erased), and applies the power. An EEPROM without a serial gets this
   one. Ends the process with a plain line where the program can not be run. */
struct box *box_open(const char *elf, const char *eeprom, const char *serial, unsigned seed);
void box_close(struct box *box);

void box_on_byte(struct box *box, void (*sent)(void *context, uint8_t byte), void *context);

/* Bytes for the chip's receiver, at the line's rate; false where there is no room for all of them. */
bool box_feed(struct box *box, const uint8_t *bytes, size_t length);
size_t box_feed_room(const struct box *box);

void box_run(struct box *box, uint64_t cycles);
uint64_t box_cycle(const struct box *box);

void box_button(struct box *box, int level, bool closed);
unsigned box_lamps(const struct box *box);

/* The button pins are inputs with their pull-ups on, the lamps outputs. */
bool box_pins_are_right(const struct box *box);

void box_reset(struct box *box);
void box_brown_out(struct box *box);
/* Power off and on again: what a plug does. */
void box_power(struct box *box);
void box_brown_out_at(struct box *box, uint64_t cycle);
/* The program goes nowhere from now on, and only the watchdog can help. */
void box_hang(struct box *box);

void box_tear(struct box *box, enum box_tear tear);
uint8_t *box_eeprom(struct box *box);
bool box_eeprom_is_writing(const struct box *box);
const uint32_t *box_eeprom_writes(const struct box *box);

/* The deepest that the stack has been, and the RAM below it that the program uses. */
unsigned box_stack_bytes(struct box *box);
unsigned box_static_bytes(struct box *box);
unsigned box_resets_by_watchdog(const struct box *box);
