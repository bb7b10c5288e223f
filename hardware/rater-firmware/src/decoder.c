#include "decoder.h"

#include "crc.h"

enum { BETWEEN, IN_BODY, IN_CRC_1, IN_CRC_2, IN_CRC_3, IN_CRC_4, AT_RETURN, AT_NEWLINE };

void decoder_start(struct decoder *decoder)
{
    decoder->length = 0;
    decoder->body[0] = '\0';
    decoder->state = BETWEEN;
    decoder->crc = CRC_START;
    decoder->given = 0;
    decoder->bad = 0;
}

void decoder_refuse(struct decoder *decoder)
{
    if (decoder->bad != UINT32_MAX)
        decoder->bad++;
}

static bool skip(struct decoder *decoder)
{
    decoder->state = BETWEEN;
    decoder_refuse(decoder);
    return false;
}

/* -1 for anything but an upper-case hex digit: the contract knows no lower case. */
static int8_t hex(uint8_t byte)
{
    if (byte >= '0' && byte <= '9')
        return (int8_t)(byte - '0');
    if (byte >= 'A' && byte <= 'F')
        return (int8_t)(byte - 'A' + 10);
    return -1;
}

static bool take_body(struct decoder *decoder, uint8_t byte)
{
    if (byte == '*') {
        if (decoder->length == 0)
            return skip(decoder);
        decoder->state = IN_CRC_1;
        return false;
    }
    if (byte < ' ' || byte > '~' || decoder->length == BODY_MAX)
        return skip(decoder);
    decoder->body[decoder->length++] = (char)byte;
    decoder->crc = crc_add(decoder->crc, byte);
    return false;
}

static bool take_crc(struct decoder *decoder, uint8_t byte)
{
    int8_t digit = hex(byte);
    if (digit < 0)
        return skip(decoder);
    decoder->given = (uint16_t)((uint16_t)(decoder->given << 4) | (uint16_t)digit);
    decoder->state++;
    return false;
}

bool decoder_take(struct decoder *decoder, uint8_t byte)
{
    if (byte == '$') {
        /* A frame that was cut short must not cost the one after it. */
        if (decoder->state != BETWEEN)
            decoder_refuse(decoder);
        decoder->state = IN_BODY;
        decoder->length = 0;
        decoder->crc = CRC_START;
        decoder->given = 0;
        return false;
    }
    switch (decoder->state) {
    case BETWEEN:
        return false;
    case IN_BODY:
        return take_body(decoder, byte);
    case AT_RETURN:
        if (byte != '\r' || decoder->given != decoder->crc)
            return skip(decoder);
        decoder->state = AT_NEWLINE;
        return false;
    case AT_NEWLINE:
        if (byte != '\n')
            return skip(decoder);
        decoder->state = BETWEEN;
        decoder->body[decoder->length] = '\0';
        return true;
    default:
        return take_crc(decoder, byte);
    }
}
