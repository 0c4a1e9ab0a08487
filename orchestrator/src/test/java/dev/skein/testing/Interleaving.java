package dev.skein.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets actors go on one step at a time, in an order that is chosen before: everything
 * that an actor does up to its next gate is one step. Where the chosen order ends, the
 * first actor that can go on does.
 */
public final class Interleaving {

	private enum State {

		UNDER_WAY, AT_GATE, BLOCKED, ENDED

	}

	private final State[] states;

	private final List<Integer> order;

	private final List<Integer> taken = new ArrayList<>();

	private final List<Integer> possible = new ArrayList<>();

	private Interleaving(int actors, List<Integer> order) {
		this.states = new State[actors];
		this.order = order;
	}

	public static Interleaving of(int actors, List<Integer> order) {
		return new Interleaving(actors, order);
	}

	/**
	 * Runs the actors to their end.
	 */
	public void run(List<Runnable> actors) throws Exception {
		List<CompletableFuture<Void>> runs = new ArrayList<>();
		for (int i = 0; i < actors.size(); i++) {
			int actor = i;
			this.states[i] = State.UNDER_WAY;
			runs.add(CompletableFuture.runAsync(actors.get(i), (task) -> new Thread(task).start())
				.whenComplete((done, failure) -> move(actor, State.ENDED)));
			awaitStep(actor);
		}
		for (List<Integer> able = able(); !able.isEmpty(); able = able()) {
			int step = this.taken.size();
			int choice = (step < this.order.size()) ? this.order.get(step) : 0;
			this.taken.add(choice);
			this.possible.add(able.size());
			move(able.get(choice), State.UNDER_WAY);
			awaitStep(able.get(choice));
		}
		for (CompletableFuture<Void> run : runs) {
			run.get(1, TimeUnit.SECONDS);
		}
	}

	/**
	 * The next order in which one step differs; empty after the last.
	 */
	public List<Integer> next() {
		for (int i = this.taken.size() - 1; i >= 0; i--) {
			if (this.taken.get(i) + 1 < this.possible.get(i)) {
				List<Integer> next = new ArrayList<>(this.taken.subList(0, i));
				next.add(this.taken.get(i) + 1);
				return next;
			}
		}
		return List.of();
	}

	public List<Integer> taken() {
		return this.taken;
	}

	/**
	 * An actor stops here until it is its turn.
	 */
	public void gate(int actor) {
		stop(actor, State.AT_GATE);
	}

	/**
	 * An actor cannot go on before another one frees it.
	 */
	public void block(int actor) {
		stop(actor, State.BLOCKED);
	}

	public synchronized void free() {
		for (int i = 0; i < this.states.length; i++) {
			if (this.states[i] == State.BLOCKED) {
				move(i, State.AT_GATE);
			}
		}
	}

	private synchronized void stop(int actor, State state) {
		move(actor, state);
		await(() -> this.states[actor] == State.UNDER_WAY);
	}

	private synchronized void move(int actor, State state) {
		this.states[actor] = state;
		notifyAll();
	}

	private synchronized void awaitStep(int actor) {
		await(() -> this.states[actor] != State.UNDER_WAY);
	}

	private synchronized List<Integer> able() {
		List<Integer> able = new ArrayList<>();
		for (int i = 0; i < this.states.length; i++) {
			if (this.states[i] == State.AT_GATE) {
				able.add(i);
			}
		}
		return able;
	}

	private synchronized void await(BooleanSupplier condition) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		try {
			while (!condition.getAsBoolean()) {
				if (System.nanoTime() > deadline) {
					throw new IllegalStateException("nothing moved for a minute, after " + this.taken);
				}
				wait(1000);
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
