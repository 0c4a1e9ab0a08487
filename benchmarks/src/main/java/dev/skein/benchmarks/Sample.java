package dev.skein.benchmarks;

/**
 * One measurement, and of what.
 *
 * @param services how many services there were
 * @param scenario what the contestant found
 * @param contestant who
 * @param round the round, counted from 1
 * @param measurement what it cost
 */
record Sample(int services, Scenario scenario, Contestant contestant, int round, Measurement measurement) {

}
