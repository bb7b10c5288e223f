#include "rater.h"

#include <string.h>

#include "boots.h"

_Static_assert(sizeof FIRMWARE <= 8, "HELLO would not fit its frame");

void rater_start(struct rater *rater, char cause)
{
    memset(rater, 0, sizeof *rater);
    rater->cause = cause;
    rater->beat_in = BEAT_MS;
    rater->hello_due = true;
    buttons_start(&rater->buttons);
    decoder_start(&rater->decoder);
    faces_start(&rater->faces);
    serial_read(rater->serial);
    presses_load(&rater->presses);
    rater->boots = boots_count(&rater->writer);
}

static void tell_of_buttons(struct rater *rater, struct button_events events)
{
    rater->stuck_due |= events.stuck;
    rater->freed_due |= events.freed;
    if (events.press)
        presses_add(&rater->presses, events.press, rater->now - ACCEPT_MS);
}

static void pass_second(struct rater *rater)
{
    rater->in_second = 0;
    rater->uptime++;
    presses_grow_old(&rater->presses, rater->now);
}

void rater_tick(struct rater *rater, uint8_t closed)
{
    rater->now++;
    if (++rater->in_second == 1000)
        pass_second(rater);
    if (--rater->beat_in == 0) {
        rater->beat_in = BEAT_MS;
        rater->beat_due = true;
    }
    if (rater->repeat_in)
        rater->repeat_in--;
    tell_of_buttons(rater, buttons_tick(&rater->buttons, closed));
    rater_step(rater);
}

void rater_step(struct rater *rater)
{
    writer_step(&rater->writer);
    if (presses_step(&rater->presses, &rater->writer) && rater->presses.count == 1)
        rater->repeat_in = 0;
    writer_step(&rater->writer);
}

/* Exactly one number of 32 bits, to the end of the body. */
static bool read_number(const char *text, uint32_t *number)
{
    uint32_t value = 0;
    if (!*text)
        return false;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return false;
        uint8_t digit = (uint8_t)(*text - '0');
        if (value > UINT32_MAX / 10 || (value == UINT32_MAX / 10 && digit > UINT32_MAX % 10))
            return false;
        value = value * 10 + digit;
    }
    *number = value;
    return true;
}

/* The number after "TYPE,", where the body is of that type. */
static bool is_of(const char *body, const char *type, const char **rest)
{
    size_t length = strlen(type);
    if (strncmp(body, type, length) != 0 || body[length] != ',')
        return false;
    *rest = body + length + 1;
    return true;
}

static void acknowledge(struct rater *rater, uint32_t sequence)
{
    /* An answer to what this life has not sent is meant for another box, or for this one before its memory was lost. */
    if (sequence == rater->sent && presses_acknowledge(&rater->presses, sequence))
        rater->repeat_in = 0;
}

/* False for a known type with wrong fields. What is unknown may be of a later version, and is no fault of the line. */
static bool carry_out(struct rater *rater, const char *body)
{
    const char *rest;
    uint32_t number;
    if (is_of(body, "ACK", &rest)) {
        if (!read_number(rest, &number))
            return false;
        acknowledge(rater, number);
    } else if (is_of(body, "THANKS", &rest)) {
        if (!read_number(rest, &number) || number < 1 || number > BUTTONS)
            return false;
        faces_thank(&rater->faces, (uint8_t)number, rater->now);
    } else if (is_of(body, "OPEN", &rest)) {
        if (!read_number(rest, &number))
            return false;
        faces_open(&rater->faces, number, rater->now);
    } else if (strcmp(body, "CLOSE") == 0) {
        faces_close(&rater->faces);
    } else if (strcmp(body, "IDENT") == 0) {
        rater->hello_due = true;
    }
    return true;
}

void rater_take(struct rater *rater, uint8_t byte)
{
    if (decoder_take(&rater->decoder, byte) && !carry_out(rater, rater->decoder.body))
        decoder_refuse(&rater->decoder);
}

static void say_hello(struct rater *rater, struct encoder *encoder)
{
    char cause[2] = { rater->cause, '\0' };
    encoder_start(encoder, "HELLO,1");
    encoder_text(encoder, rater->serial);
    encoder_text(encoder, FIRMWARE);
    encoder_number(encoder, rater->presses.next);
    encoder_number(encoder, rater->boots);
    encoder_text(encoder, cause);
    encoder_end(encoder);
}

static void say_press(struct rater *rater, struct encoder *encoder)
{
    uint32_t sequence = rater->presses.oldest;
    uint32_t age = presses_age_of(&rater->presses, sequence, rater->now);
    encoder_start(encoder, "PRESS");
    encoder_number(encoder, sequence);
    encoder_number(encoder, presses_level(&rater->presses, sequence));
    if (age == UNKNOWN_AGE)
        encoder_unknown(encoder);
    else
        encoder_number(encoder, age);
    encoder_end(encoder);
    rater->sent = sequence;
}

static void say_beat(const struct rater *rater, struct encoder *encoder)
{
    encoder_start(encoder, "BEAT");
    encoder_number(encoder, rater->uptime);
    encoder_number(encoder, rater->presses.count);
    encoder_number(encoder, rater->decoder.bad);
    encoder_end(encoder);
}

static void say_button(struct encoder *encoder, const char *type, uint8_t *due)
{
    uint8_t level = 1;
    while (!(*due & (1 << (level - 1))))
        level++;
    *due &= (uint8_t)~(1 << (level - 1));
    encoder_start(encoder, type);
    encoder_number(encoder, level);
    encoder_end(encoder);
}

bool rater_next_frame(struct rater *rater, struct encoder *encoder)
{
    if (rater->hello_due) {
        rater->hello_due = false;
        say_hello(rater, encoder);
    } else if (rater->stuck_due) {
        say_button(encoder, "STUCK", &rater->stuck_due);
    } else if (rater->freed_due) {
        say_button(encoder, "FREED", &rater->freed_due);
    } else if (rater->presses.count && rater->repeat_in == 0 && !rater->presses.to_mark) {
        rater->repeat_in = REPEAT_MS;
        say_press(rater, encoder);
    } else if (rater->beat_due) {
        rater->beat_due = false;
        say_beat(rater, encoder);
    } else {
        return false;
    }
    return true;
}

uint8_t rater_show(struct rater *rater)
{
    return faces_show(&rater->faces, presses_full(&rater->presses), rater->now);
}
