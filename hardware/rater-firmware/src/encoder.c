#include "encoder.h"

#include "crc.h"

static void put(struct encoder *encoder, char c)
{
    if (encoder->length > BODY_MAX)
        return;
    encoder->bytes[encoder->length++] = (uint8_t)c;
    encoder->crc = crc_add(encoder->crc, (uint8_t)c);
}

static void put_all(struct encoder *encoder, const char *text)
{
    while (*text)
        put(encoder, *text++);
}

void encoder_start(struct encoder *encoder, const char *type)
{
    encoder->bytes[0] = '$';
    encoder->length = 1;
    encoder->crc = CRC_START;
    put_all(encoder, type);
}

void encoder_text(struct encoder *encoder, const char *text)
{
    put(encoder, ',');
    put_all(encoder, text);
}

void encoder_number(struct encoder *encoder, uint32_t number)
{
    char digits[11];
    uint8_t at = sizeof digits - 1;
    digits[at] = '\0';
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    encoder_text(encoder, digits + at);
}

void encoder_unknown(struct encoder *encoder)
{
    encoder_text(encoder, "-1");
}

void encoder_end(struct encoder *encoder)
{
    static const char hex[] = "0123456789ABCDEF";
    uint16_t crc = encoder->crc;
    uint8_t at = encoder->length;
    encoder->bytes[at++] = '*';
    encoder->bytes[at++] = (uint8_t)hex[crc >> 12];
    encoder->bytes[at++] = (uint8_t)hex[(crc >> 8) & 15];
    encoder->bytes[at++] = (uint8_t)hex[(crc >> 4) & 15];
    encoder->bytes[at++] = (uint8_t)hex[crc & 15];
    encoder->bytes[at++] = '\r';
    encoder->bytes[at++] = '\n';
    encoder->length = at;
}
