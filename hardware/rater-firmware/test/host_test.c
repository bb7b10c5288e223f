#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boots.h"
#include "crc.h"
#include "layout.h"
#include "rater.h"
#include "records.h"

/* The firmware's logic on this machine: no pins, a fake EEPROM, and every power cut that a byte can suffer. */

static uint8_t cells[EEPROM_BYTES];
static uint32_t writes[EEPROM_BYTES];
static int busy_for; /* polls until the byte is done */
static int wait_per_byte;

bool eeprom_busy(void)
{
    return busy_for > 0;
}

uint8_t eeprom_read(uint16_t address)
{
    if (busy_for > 0 || address >= EEPROM_BYTES)
        abort();
    return cells[address];
}

void eeprom_begin_write(uint16_t address, uint8_t value)
{
    if (busy_for > 0 || address >= EEPROM_BYTES)
        abort();
    cells[address] = value;
    writes[address]++;
    busy_for = wait_per_byte;
}

uint8_t chip_signature(uint8_t index)
{
    return (uint8_t)(index * 37);
}

static int passed, failed, wrong;
static const char *test_name;

static void wrong_at(int at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    printf("  %s, line %d: ", test_name, at);
    vprintf(format, arguments);
    printf("\n");
    va_end(arguments);
    wrong++;
}

#define EXPECT(condition, ...) do { if (!(condition)) wrong_at(__LINE__, __VA_ARGS__); } while (0)

static void erase(void)
{
    memset(cells, 0xFF, sizeof cells);
    memset(writes, 0, sizeof writes);
    busy_for = wait_per_byte = 0;
}

static struct rater rater;
static struct encoder encoder;

static bool next_body(char *body)
{
    if (!rater_next_frame(&rater, &encoder))
        return false;
    memcpy(body, encoder.bytes + 1, encoder.length - 8);
    body[encoder.length - 8] = '\0';
    return true;
}

static void tell_bytes(const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        rater_take(&rater, bytes[i]);
}

static void tell(const char *body)
{
    struct encoder frame;
    encoder_start(&frame, body);
    encoder_end(&frame);
    tell_bytes(frame.bytes, frame.length);
}

static void pass(int ms, uint8_t closed)
{
    for (int i = 0; i < ms; i++) {
        if (busy_for > 0)
            busy_for--;
        rater_tick(&rater, closed);
    }
}

static void the_crc_is_that_of_the_contract(void)
{
    uint16_t crc = CRC_START;
    for (const char *c = "123456789"; *c; c++)
        crc = crc_add(crc, (uint8_t)*c);
    EXPECT(crc == 0x29B1, "%04X", crc);
}

static void a_frame_is_written_as_the_contract_says(void)
{
    encoder_start(&encoder, "123456789");
    encoder_end(&encoder);
    EXPECT(encoder.length == 17 && memcmp(encoder.bytes, "$123456789*29B1\r\n", 17) == 0, "%.16s", encoder.bytes);
}

static void the_longest_hello_fits_its_frame(void)
{
    erase();
    rater_start(&rater, 'W');
    strcpy(rater.serial, "ABCDEFGH");
    rater.presses.next = UINT32_MAX;
    rater.boots = UINT32_MAX;
    char body[FRAME_MAX];
    EXPECT(next_body(body) && strcmp(body, "HELLO,1,ABCDEFGH," FIRMWARE ",4294967295,4294967295,W") == 0, "%s", body);
    EXPECT(strlen(body) <= BODY_MAX, "%zu", strlen(body));
}

static void a_body_can_not_outgrow_its_frame(void)
{
    encoder_start(&encoder, "HELLO");
    for (int i = 0; i < 20; i++)
        encoder_number(&encoder, UINT32_MAX);
    encoder_end(&encoder);
    EXPECT(encoder.length == FRAME_MAX, "%d", encoder.length);
}

static int decode(struct decoder *decoder, const char *bytes, size_t length)
{
    int found = 0;
    for (size_t i = 0; i < length; i++)
        found += decoder_take(decoder, (uint8_t)bytes[i]);
    return found;
}

static void what_is_no_frame_is_skipped_and_counted(void)
{
    static const struct { const char *bytes; int frames; unsigned bad; } cases[] = {
        { "$123456789*29B1\r\n", 1, 0 },
        { "noise$123456789*29B1\r\nnoise", 1, 0 },
        { "$123456789*29b1\r\n", 0, 1 },
        { "$123456789*29B2\r\n", 0, 1 },
        { "$123456789*29B1\n", 0, 1 },
        { "$123456789*29B1\rx", 0, 1 },
        { "$*FFFF\r\n", 0, 1 },
        { "$1234$123456789*29B1\r\n", 1, 1 },
        { "$123456789*29B$123456789*29B1\r\n", 1, 1 },
        { "$123456789*29B1\r$123456789*29B1\r\n", 1, 1 },
        { "$12345\t6789*29B1\r\n", 0, 1 },
        { "$0123456789012345678901234567890123456789012345678*0000\r\n", 0, 1 },
        { "\r\n\r\n*29B1\r\n", 0, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct decoder decoder;
        decoder_start(&decoder);
        int frames = decode(&decoder, cases[i].bytes, strlen(cases[i].bytes));
        EXPECT(frames == cases[i].frames && decoder.bad == cases[i].bad, "case %zu: %d frames, %u bad", i, frames,
            (unsigned)decoder.bad);
        frames = decode(&decoder, "$123456789*29B1\r\n", 17);
        EXPECT(frames == 1, "case %zu costs the next frame", i);
    }
}

static void a_million_damaged_frames_do_not_confuse_it(void)
{
    unsigned seed = 20261123;
    struct decoder decoder;
    int accepted = 0;
    decoder_start(&decoder);
    encoder_start(&encoder, "ACK");
    encoder_number(&encoder, UINT32_MAX);
    encoder_end(&encoder);
    for (int i = 0; i < 1000000; i++) {
        char frame[FRAME_MAX];
        size_t length = encoder.length;
        memcpy(frame, encoder.bytes, length);
        frame[rand_r(&seed) % length] ^= (char)(1 << rand_r(&seed) % 8);
        if (i % 2)
            frame[rand_r(&seed) % length] = (char)rand_r(&seed);
        length = (size_t)rand_r(&seed) % 8 == 0 ? (size_t)rand_r(&seed) % length : length;
        /* Damage that undid itself is none. */
        if (length == encoder.length && memcmp(frame, encoder.bytes, length) == 0)
            continue;
        accepted += decode(&decoder, frame, length);
    }
    EXPECT(accepted < 30, "%d of a million accepted (seed 20261123)", accepted);
    decode(&decoder, "\n", 1);
    EXPECT(decode(&decoder, "$123456789*29B1\r\n", 17) == 1, "deaf");
    printf("  decoder: 1,000,000 damaged frames, %d passed the CRC, seed 20261123\n", accepted);
}

static void numbers_of_32_bits_and_nothing_else(void)
{
    erase();
    rater_start(&rater, 'P');
    static const char *const bad[] = { "ACK,", "ACK,4294967296", "ACK,99999999999", "ACK,-1", "ACK,1x", "ACK, 1", "ACK,1,2",
        "OPEN,", "OPEN,1.5", "THANKS,0", "THANKS,6", "THANKS,1,1" };
    unsigned before = rater.decoder.bad;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        tell(bad[i]);
        EXPECT(rater.decoder.bad == ++before, "%s was taken", bad[i]);
    }
    static const char *const good[] = { "ACK,4294967295", "OPEN,0", "OPEN,4294967295", "THANKS,5", "CLOSE", "LATER,1", "ACKS" };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        tell(good[i]);
        EXPECT(rater.decoder.bad == before, "%s was refused", good[i]);
    }
}

static int presses_of(struct buttons *buttons, uint8_t closed, int ms, uint8_t *level)
{
    int presses = 0;
    for (int i = 0; i < ms; i++) {
        struct button_events events = buttons_tick(buttons, closed);
        if (events.press) {
            presses++;
            *level = events.press;
        }
    }
    return presses;
}

static void buttons_debounce_lock_out_and_refuse_pairs(void)
{
    struct buttons buttons;
    uint8_t level = 0;
    buttons_start(&buttons);
    EXPECT(presses_of(&buttons, 0, 50, &level) == 0, "at start");
    for (int i = 0; i < 5; i++) {
        EXPECT(presses_of(&buttons, (uint8_t)(1 << i), 80, &level) == 1 && level == i + 1, "level %d", i + 1);
        EXPECT(presses_of(&buttons, 0, 1600, &level) == 0, "released");
    }
    EXPECT(presses_of(&buttons, 4, 19, &level) + presses_of(&buttons, 0, 100, &level) == 0, "19 ms");
    EXPECT(presses_of(&buttons, 4, 20, &level) + presses_of(&buttons, 0, 100, &level) == 1, "20 ms");
    EXPECT(presses_of(&buttons, 4, 1350, &level) == 0, "locked out");
    EXPECT(presses_of(&buttons, 4, 500, &level) == 0, "held over the end of the lock-out");
    presses_of(&buttons, 0, 50, &level);
    EXPECT(presses_of(&buttons, 4, 80, &level) == 1, "after the lock-out");
    presses_of(&buttons, 0, 1600, &level);
    for (int skew = 0; skew <= TOGETHER_MS - 2; skew++) {
        int presses = presses_of(&buttons, 1, skew, &level) + presses_of(&buttons, 3, 100, &level)
            + presses_of(&buttons, 2, 100, &level) + presses_of(&buttons, 0, 50, &level);
        EXPECT(presses == 0, "pair with a skew of %d ms", skew);
    }
}

static void a_noise_of_five_percent_makes_no_press(void)
{
    struct buttons buttons;
    unsigned seed = 99;
    uint8_t level = 0;
    int presses = 0;
    buttons_start(&buttons);
    presses_of(&buttons, 0, 50, &level);
    for (int i = 0; i < 100000; i++) {
        uint8_t closed = 0;
        for (int k = 0; k < 5; k++)
            if (rand_r(&seed) % 20 == 0)
                closed |= (uint8_t)(1 << k);
        presses += presses_of(&buttons, closed, 1, &level);
    }
    EXPECT(presses == 0, "%d", presses);
}

static void write_all(struct presses *presses, struct writer *writer)
{
    for (int i = 0; i < 40; i++) {
        writer_step(writer);
        presses_step(presses, writer);
    }
}

static struct presses ring;
static struct writer writer;

static void fresh_presses(void)
{
    erase();
    memset(&writer, 0, sizeof writer);
    presses_load(&ring);
}

static void at_least_100_are_kept_and_forgotten_on_ack_only(void)
{
    fresh_presses();
    uint32_t kept = 0;
    while (presses_add(&ring, (uint8_t)(1 + kept % 5), kept)) {
        write_all(&ring, &writer);
        kept++;
    }
    EXPECT(kept == SLOTS && kept >= 100 && presses_full(&ring), "%u kept", (unsigned)kept);
    presses_load(&ring);
    EXPECT(ring.count == SLOTS && ring.next == SLOTS + 1 && ring.oldest == 1, "after a power cut");
    EXPECT(!presses_acknowledge(&ring, 2), "not the oldest");
    for (uint32_t s = 1; s <= SLOTS; s++) {
        EXPECT(ring.oldest == s && presses_level(&ring, s) == 1 + (s - 1) % 5, "press %u", (unsigned)s);
        EXPECT(presses_age_of(&ring, s, 77) == UNKNOWN_AGE, "age");
        EXPECT(presses_acknowledge(&ring, s), "ack");
        write_all(&ring, &writer);
    }
    presses_load(&ring);
    EXPECT(ring.count == 0 && ring.next == SLOTS + 1, "%u left", ring.count);
}

static void an_age_is_given_up_after_24_days(void)
{
    fresh_presses();
    presses_add(&ring, 3, 1000);
    write_all(&ring, &writer);
    EXPECT(presses_age_of(&ring, 1, 61000) == 60000, "a minute");
    presses_grow_old(&ring, 1000u + AGE_MAX);
    EXPECT(presses_age_of(&ring, 1, 1000u + AGE_MAX) == AGE_MAX, "the last known age");
    presses_grow_old(&ring, 1001u + AGE_MAX);
    EXPECT(presses_age_of(&ring, 1, 1001u + AGE_MAX) == UNKNOWN_AGE, "given up");
}

/* The first `whole` bytes of the record are written, the next is left with any value: nothing but the press being
   written may change. Over a carry into each byte of the sequence. */
static void a_torn_write_costs_at_most_the_press_being_written(void)
{
    static const uint32_t starts[] = { 1, 113, 240, 255, 300, 65530, 65536 + 60, 16777210, 3000000001u };
    long cuts = 0, kept = 0;
    for (size_t k = 0; k < sizeof starts / sizeof starts[0]; k++) {
        uint32_t first = starts[k];
        uint8_t before[EEPROM_BYTES], after[EEPROM_BYTES];
        erase();
        memset(&writer, 0, sizeof writer);
        /* the turn before, acknowledged */
        for (uint32_t s = first > SLOTS ? first - SLOTS : 1; s < first; s++) {
            uint8_t *record = cells + SLOTS_AT + s % SLOTS * SLOT_BYTES;
            record_set_number(record, s);
            record[4] = (uint8_t)(1 + s % 5);
            record_seal(record, SLOT_CRC);
            record[SLOT_MARK] = s / SLOTS & 1 ? 0x5A : 0xA5;
        }
        presses_load(&ring);
        EXPECT(ring.next == first && ring.count == 0, "start %u: next %u", (unsigned)first, (unsigned)ring.next);
        presses_add(&ring, 2, 0);
        write_all(&ring, &writer);
        memcpy(before, cells, sizeof cells);
        presses_add(&ring, 5, 0);
        write_all(&ring, &writer);
        memcpy(after, cells, sizeof cells);

        uint16_t at = (uint16_t)(SLOTS_AT + (first + 1) % SLOTS * SLOT_BYTES);
        for (int whole = 0; whole < SLOT_BYTES; whole++) {
            for (int value = 0; value < 256; value++) {
                memcpy(cells, before, sizeof cells);
                memcpy(cells + at, after + at, (size_t)whole);
                if (before[at + whole] != after[at + whole])
                    cells[at + whole] = (uint8_t)value;
                presses_load(&ring);
                bool other = ring.oldest == first && presses_level(&ring, first) == 2;
                bool none = ring.count == 1 && ring.next == first + 1;
                bool all = ring.count == 2 && ring.next == first + 2 && presses_level(&ring, first + 1) == 5;
                EXPECT(other && (none || all), "start %u, %d bytes whole, then %02x: %u presses, next %u", (unsigned)first, whole,
                    (unsigned)value, ring.count, (unsigned)ring.next);
                cuts++;
                kept += all;
            }
        }
    }
    printf("  ring: %ld torn writes, the press kept in %ld, no other touched\n", cuts, kept);
}

static void a_mark_two_turns_old_does_not_acknowledge(void)
{
    fresh_presses();
    uint32_t sequence = 2 * SLOTS + 5;
    uint16_t at = (uint16_t)(SLOTS_AT + sequence % SLOTS * SLOT_BYTES);
    ring.next = sequence;
    ring.next_slot = sequence % SLOTS;
    cells[at + SLOT_MARK] = sequence / SLOTS & 1 ? 0x5A : 0xA5;
    presses_add(&ring, 4, 0);
    write_all(&ring, &writer);
    presses_load(&ring);
    EXPECT(ring.count == 1 && ring.oldest == sequence, "%u", ring.count);
}

static void any_memory_at_all_is_survived(void)
{
    unsigned seed = 4711;
    for (int i = 0; i < 2000; i++) {
        erase();
        for (int k = 0; k < EEPROM_BYTES; k++)
            cells[k] = (uint8_t)rand_r(&seed);
        rater_start(&rater, 'P');
        EXPECT(rater.presses.count <= SLOTS && strlen(rater.serial) <= 8, "seed 4711, turn %d", i);
        pass(100, 0);
        char body[FRAME_MAX];
        EXPECT(next_body(body) && strncmp(body, "HELLO", 5) == 0, "no HELLO");
    }
}

static void the_boot_count_is_levelled_and_outlives_a_tear(void)
{
    erase();
    for (uint32_t n = 1; n <= 1000; n++) {
        memset(&writer, 0, sizeof writer);
        EXPECT(boots_count(&writer) == n, "start %u", (unsigned)n);
        for (int i = 0; i < 10; i++)
            writer_step(&writer);
    }
    uint32_t busiest = 0;
    for (int i = BOOTS_AT; i < SERIAL_AT; i++)
        busiest = writes[i] > busiest ? writes[i] : busiest;
    EXPECT(busiest <= 1000 / BOOT_SLOTS + 1, "%u writes", (unsigned)busiest);

    uint8_t *record = cells + BOOTS_AT + 1000 % BOOT_SLOTS * BOOT_BYTES;
    record[5] ^= 0x40;
    EXPECT(boots_count(&writer) == 1000, "torn");
}

static void the_serial_is_given_or_the_chips_own(void)
{
    char serial[9];
    erase();
    serial_read(serial);
    EXPECT(strlen(serial) == 8, "%s", serial);
    memcpy(cells + SERIAL_AT, "Q3-0001", 8);
    record_seal(cells + SERIAL_AT, SERIAL_MAX);
    serial_read(serial);
    EXPECT(strcmp(serial, "Q3-0001") == 0, "%s", serial);
    memcpy(cells + SERIAL_AT, "A,B*C$DE", 8);
    record_seal(cells + SERIAL_AT, SERIAL_MAX);
    serial_read(serial);
    EXPECT(!strchr(serial, ','), "%s", serial);
}

static void a_press_is_sent_again_until_its_own_ack(void)
{
    char body[FRAME_MAX];
    erase();
    rater_start(&rater, 'P');
    EXPECT(next_body(body) && strncmp(body, "HELLO", 5) == 0, "HELLO first");
    pass(50, 0);
    pass(80, 0x10);
    EXPECT(next_body(body) && strcmp(body, "PRESS,1,5,80") == 0, "%s", body);
    EXPECT(!next_body(body), "at once again");
    pass(499, 0);
    EXPECT(!next_body(body), "too soon");
    pass(1, 0);
    EXPECT(next_body(body) && strcmp(body, "PRESS,1,5,580") == 0, "%s", body);
    tell("ACK,2");
    tell("ACK,1");
    pass(600, 0);
    EXPECT(!next_body(body), "forgotten, yet %s", body);

    /* Another life has not sent it: an ACK then is for someone else. */
    pass(1000, 0);
    pass(80, 1);
    EXPECT(next_body(body) && strcmp(body, "PRESS,2,1,80") == 0, "%s", body);
    rater_start(&rater, 'P');
    tell("ACK,2");
    pass(10, 0);
    EXPECT(next_body(body) && next_body(body) && strcmp(body, "PRESS,2,1,-1") == 0, "%s", body);
}

static void five_years_wear_a_tenth_of_the_busiest_cell(void)
{
    const uint32_t all = 250u * 1826;
    fresh_presses();
    for (uint32_t i = 0; i < all; i++) {
        if (!presses_add(&ring, (uint8_t)(1 + i * 7 % 5), i))
            abort();
        for (int k = 0; k < 6; k++) {
            writer_step(&writer);
            presses_step(&ring, &writer);
        }
        if (!presses_acknowledge(&ring, i + 1))
            abort();
        for (int k = 0; k < 3; k++) {
            writer_step(&writer);
            presses_step(&ring, &writer);
        }
        if (i % 50 == 0) {
            memset(&writer, 0, sizeof writer);
            boots_count(&writer);
            for (int k = 0; k < 8; k++)
                writer_step(&writer);
        }
    }
    uint32_t busiest = 0;
    for (int i = 0; i < EEPROM_BYTES; i++)
        busiest = writes[i] > busiest ? writes[i] : busiest;
    uint32_t turns = all / SLOTS + 1;
    EXPECT(busiest <= 10000, "%u writes", (unsigned)busiest);
    EXPECT(busiest <= 2 * turns, "%u writes in %u turns", (unsigned)busiest, (unsigned)turns);
    printf("  EEPROM: five years at 250 presses and 5 starts a day: %u writes of the busiest cell, %.1f %% of 100,000\n",
        (unsigned)busiest, busiest / 1000.0);
}

static void run(const char *name, void (*test)(void))
{
    test_name = name;
    wrong = 0;
    test();
    if (wrong) {
        failed++;
        printf("FAILED %s\n", name);
    } else {
        passed++;
    }
}

#define RUN(test) run(#test, test)

int main(void)
{
    RUN(the_crc_is_that_of_the_contract);
    RUN(a_frame_is_written_as_the_contract_says);
    RUN(the_longest_hello_fits_its_frame);
    RUN(a_body_can_not_outgrow_its_frame);
    RUN(what_is_no_frame_is_skipped_and_counted);
    RUN(a_million_damaged_frames_do_not_confuse_it);
    RUN(numbers_of_32_bits_and_nothing_else);
    RUN(buttons_debounce_lock_out_and_refuse_pairs);
    RUN(a_noise_of_five_percent_makes_no_press);
    RUN(at_least_100_are_kept_and_forgotten_on_ack_only);
    RUN(an_age_is_given_up_after_24_days);
    RUN(a_torn_write_costs_at_most_the_press_being_written);
    RUN(a_mark_two_turns_old_does_not_acknowledge);
    RUN(any_memory_at_all_is_survived);
    RUN(the_boot_count_is_levelled_and_outlives_a_tear);
    RUN(the_serial_is_given_or_the_chips_own);
    RUN(a_press_is_sent_again_until_its_own_ack);
    RUN(five_years_wear_a_tenth_of_the_busiest_cell);
    printf("firmware logic: %d passed, %d failed\n", passed, failed);
    return failed != 0;
}
