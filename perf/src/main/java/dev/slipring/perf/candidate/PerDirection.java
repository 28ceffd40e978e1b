package dev.slipring.perf.candidate;

import java.util.List;

/** A candidate with a thing of its own for each direction, made by the coordinator; no end waits for the other. */
public interface PerDirection extends Candidate {
    /** Makes one, in the coordinator. */
    Preparation create(Wire wire);

    /** Its sending end. */
    Outlet outlet(Wire wire);

    /** Its receiving end. */
    Inlet inlet(Wire wire, Receiver receiver);

    @Override
    default Preparation prepare(Link link) {
        List<Preparation> all = link.wires().stream().map(this::create).toList();
        return () -> all.forEach(Preparation::close);
    }

    @Override
    default Connection connect(Link link) {
        return new Connection() {
            @Override
            public Outlet outlet() {
                return PerDirection.this.outlet(link.out());
            }

            @Override
            public Inlet inlet(Receiver receiver) {
                return PerDirection.this.inlet(link.in(), receiver);
            }
        };
    }
}
