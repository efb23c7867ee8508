-- Two replicas may receive the same prediction in the same millisecond with different payloads. Which of them stands must not hang on when parts
-- merge, or each would be told in turn that it lost: of a tie the smaller payload hash stays. Rows from before keep their precedence, which is higher.
ALTER TABLE predictions MODIFY COLUMN precedence UInt64
    MATERIALIZED bitOr(bitShiftLeft(toUInt64(17592186044415 - toUInt64(toUnixTimestamp64Milli(received_at))), 20), 1048575 - bitAnd(payload_hash, 1048575));
