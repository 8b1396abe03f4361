// How a region that was given up is waited for again.
#include <gtest/gtest.h>

#include "models/strategies/registry.hpp"
#include "tests/models/store/failing_store.hpp"

namespace seatrial::models {
namespace {

// So many writes that the region lacks some at every instant.
TEST(Admission, OfARegionThatIsBackComesHoweverManyWritesThereAre) {
  for (const bool is_strong : {false, true}) {
    WorldConfig world = failing_world();
    world.regions.links[1].one_way = constant_ms(300);  // West <> South
    world.regions.links[2].one_way = constant_ms(300);  // East <> South
    world.store.replication_lag.link = constant_ms(0);
    world.store.partitions = 1;
    if (is_strong) {
      world.store.consistency = Consistency::strong;
    } else {
      world.store.replication = make_kind(replication_axis(), "synchronous");
    }
    FailingStore store{world, south};
    std::vector<StoreAnswer> busy;
    for (std::uint64_t i = 0; i < 20; ++i) {
      store.bench.processes.start(write_every(&store.bench, store.documents[i],
                                              ms(1 + 3 * static_cast<std::int64_t>(i)),
                                              healed_at + ms(20'000), &busy));
    }
    store.bench.wait_until(healed_at - ms(5'000));
    const std::size_t before = busy.size();
    store.bench.wait_until(healed_at);
    EXPECT_GT(busy.size(), before) << "writes go on without it";
    store.bench.wait_until(healed_at + ms(10'000));

    const Instant asked = store.bench.simulation.now();
    const StoreAnswer after = store.update(0, west);

    EXPECT_EQ(after.outcome, Outcome::ok);
    EXPECT_GE(after.answered - asked, ms(600)) << "South and back";
    store.bench.simulation.schedule(healed_at + ms(12'000),
                                    [&store] { store.bench.store.take_down(west); });
    store.bench.wait_until(healed_at + ms(19'000));
    EXPECT_EQ(store.bench.recorder.takeovers.size(), 1u);
    EXPECT_EQ(store.lost(), 0u);
  }
}

}  // namespace
}  // namespace seatrial::models
