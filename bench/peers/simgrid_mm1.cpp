// SimGrid S4U: two actors on one host, and a semaphore that counts who waits in the channel.
#include <deque>
#include <simgrid/s4u.hpp>

#include "bench/peers/mm1.hpp"

namespace s4u = simgrid::s4u;

namespace {

struct Queue {
  long customers = 0;
  double total_sojourn = 0;
  peers::Draws draws;
  std::deque<double> arrived;
  s4u::SemaphorePtr waiting = s4u::Semaphore::create(0);
};

void source(Queue* queue) {
  for (long i = 0; i < queue->customers; ++i) {
    s4u::this_actor::sleep_for(queue->draws.interarrival());
    queue->arrived.push_back(s4u::Engine::get_clock());
    queue->waiting->release();
  }
}

void server(Queue* queue) {
  for (long i = 0; i < queue->customers; ++i) {
    queue->waiting->acquire();
    const double arrived = queue->arrived.front();
    queue->arrived.pop_front();
    s4u::this_actor::sleep_for(queue->draws.service());
    queue->total_sojourn += s4u::Engine::get_clock() - arrived;
  }
}

}  // namespace

int main(int argc, char** argv) {
  s4u::Engine engine{&argc, argv};
  Queue queue;
  queue.customers = peers::customers_from(argc, argv, 500'000);

  s4u::NetZone* zone = s4u::create_full_zone("zone");
  s4u::Host* host = zone->create_host("host", 1e9);
  zone->seal();
  s4u::Actor::create("source", host, source, &queue);
  s4u::Actor::create("server", host, server, &queue);

  peers::measure("SimGrid", queue.customers, queue.total_sojourn, [&] { engine.run(); });
}
