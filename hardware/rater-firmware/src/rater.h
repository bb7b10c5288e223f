#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "buttons.h"
#include "decoder.h"
#include "encoder.h"
#include "faces.h"
#include "presses.h"
#include "serial.h"
#include "writer.h"

/* At most 7 characters: a HELLO with the largest numbers then has a body of 48. */
#define FIRMWARE "1.0.0"
#define REPEAT_MS 500
#define BEAT_MS 5000

/* The whole box but for its pins: protocol.md, section 4. */
struct rater {
    struct buttons buttons;
    struct presses presses;
    struct writer writer;
    struct decoder decoder;
    struct faces faces;
    char serial[SERIAL_MAX + 1];
    char cause;
    uint32_t boots;
    uint32_t now;
    uint32_t uptime;       /* seconds */
    uint16_t in_second;
    uint16_t beat_in;
    uint16_t repeat_in;    /* 0: the oldest press is due */
    uint32_t sent;         /* sequence last sent in this life, 0 for none */
    bool hello_due;
    bool beat_due;
    uint8_t stuck_due;     /* bit 0 is level 1 */
    uint8_t freed_due;
};

/* cause is 'P', 'E', 'B' or 'W'. The EEPROM must not be busy. */
void rater_start(struct rater *rater, char cause);

/* One millisecond further. */
void rater_tick(struct rater *rater, uint8_t closed);

/* Whatever can go on without waiting: EEPROM. */
void rater_step(struct rater *rater);

/* A byte from the agent. */
void rater_take(struct rater *rater, uint8_t byte);

/* True where there is a frame to send: it lies in the encoder. To be called while the line is free. */
bool rater_next_frame(struct rater *rater, struct encoder *encoder);

uint8_t rater_show(struct rater *rater);
