package io.bedrockbudgeteer.keyalarm;

import io.bedrockbudgeteer.keyguard.aws.Rehearsal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// CloudWatch with the one alarm that was put, for a [Rehearsal]. It speaks CBOR, in which a
/// request can be part of an answer as it is: what PutMetricAlarm says and what DescribeAlarms
/// answers have the same members.
final class AlarmRehearsal implements Rehearsal.Script {
    static final String KEY =
            "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    // RFC 8949: major types 5 (map), 3 (text) and 4 (array), each with its length.
    private static final int MAP_OF_ONE = 0xa1;
    private static final int TEXT = 0x60;
    private static final int ARRAY_OF_ONE = 0x81;
    private static final byte[] EMPTY_MAP = {(byte) 0xa0};

    private byte[] alarm = EMPTY_MAP;

    @Override
    public synchronized byte[] answer(String service, String operation, byte[] body) {
        if (operation.equals("DescribeAlarms")) return listed();
        alarm = body.clone();
        return EMPTY_MAP;
    }

    private byte[] listed() {
        byte[] name = "MetricAlarms".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(MAP_OF_ONE);
        out.write(TEXT + name.length);
        out.writeBytes(name);
        out.write(ARRAY_OF_ONE);
        out.writeBytes(alarm);
        return out.toByteArray();
    }
}
