package dev.slipring.core;

/**
 * What a participant has counted of itself since it registered. Each only grows; they are not of one moment.
 *
 * @param stalls how many positions it could not go on at for want of room, however often it tried; of producers
 * @param sleeps how often it has slept in the kernel while it waited, which is 25 times a second when nothing comes
 * @param gaps   how often it was overtaken; of readers of a broadcast ring that take part
 * @param lost   how many messages it lost thereby
 */
public record ParticipantCounts(long stalls, long sleeps, long gaps, long lost) {
}
