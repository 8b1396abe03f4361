#include "models/sessions/crowd.hpp"

#include <algorithm>

namespace seatrial::models {

namespace {

constexpr sim::Purpose arrival_purpose{"workload/arrivals"};
constexpr sim::Purpose surge_purpose{"workload/surge arrivals"};
constexpr sim::Purpose user_purpose{"workload/users"};
constexpr sim::Purpose refetch_purpose{"session/refetch"};
constexpr sim::Purpose second_update_purpose{"session/second device update"};

// Session and user numbers: the index of the arrival, and which process it came by.
constexpr std::uint64_t surge_bit = std::uint64_t{1} << 62;

// The update of a second device beside the read that it follows.
constexpr std::uint32_t second_update_bit = std::uint32_t{1} << 30;

}  // namespace

Crowd::Crowd(CrowdSurroundings surroundings, const sim::RandomSource& random)
    : world_{std::move(surroundings)},
      book_{world_.config, random},
      user_key_{random.key(user_purpose)},
      refetch_key_{random.key(refetch_purpose)},
      update_key_{random.key(second_update_purpose)},
      base_{world_.config.workload.sessions_per_second, false, 0,
            sim::Stream::sequence(random.key(arrival_purpose), 0)},
      surge_{0, true, 0, sim::Stream::sequence(random.key(surge_purpose), 0)},
      remembers_partitions_{!world_.config.session_token.carry.empty()},
      processes_{world_.simulation} {
  const double added = std::max(0.0, world_.timeline.highest_load() - 1);
  surge_.rate = base_.rate * added;
  for (std::uint32_t i = 0; i != world_.config.data.size(); ++i) {
    const DataClassConfig& data = world_.config.data[i];
    auto& handles = shared_documents_.emplace_back();
    if (data.owner != Owner::shared) continue;
    for (std::int64_t rank = 0; rank != data.documents; ++rank) {
      const DocumentName name{DataClassId{i}, static_cast<std::uint64_t>(rank)};
      handles.push_back(world_.store.open(name));
    }
  }
}

void Crowd::start() {
  schedule_next(base_);
  if (surge_.rate > 0) schedule_next(surge_);
}

void Crowd::schedule_next(Arrivals& arrivals) {
  const auto gap = sim::Distribution::exponential(1e9 / arrivals.rate);
  const Duration wait = gap.sample_duration(arrivals.draws);
  const Instant when = world_.simulation.now() + wait;
  if (when >= world_.timeline.end()) return;
  world_.simulation.schedule(when, [this, &arrivals] {
    const double keep = arrivals.draws.uniform();
    const std::uint64_t index = arrivals.count++;
    if (keep < share_kept(arrivals)) arrive(index, arrivals.is_surge);
    schedule_next(arrivals);
  });
}

double Crowd::share_kept(const Arrivals& arrivals) const {
  const double load = world_.timeline.load_at(world_.simulation.now());
  if (!arrivals.is_surge) return std::min(load, 1.0);
  return std::max(0.0, load - 1) * base_.rate / arrivals.rate;
}

void Crowd::arrive(std::uint64_t index, bool is_surge) {
  User& user = add_user(is_surge ? index | surge_bit : index);
  ++sessions_;
  processes_.start(play(&user));
}

User& Crowd::add_user(std::uint64_t id) {
  const WorldConfig& config = world_.config;
  sim::Stream draws{user_key_, id};
  if (free_slots_.empty()) {
    free_slots_.push_back(static_cast<std::uint32_t>(users_.size()));
    users_.emplace_back();
  }
  const std::uint32_t slot = free_slots_.back();
  free_slots_.pop_back();
  users_[slot] = std::make_unique<User>();
  User* const user = users_[slot].get();
  user->slot = slot;
  user->id = UserId{id};
  user->arrived = world_.simulation.now();
  user->is_measured = world_.timeline.is_measured(user->arrived);
  double place = draws.uniform();
  std::uint32_t region = 0;
  while (region + 1 < config.regions.users.size() && place >= config.regions.users[region].share) {
    place -= config.regions.users[region++].share;
  }
  user->region = RegionId{region};
  const double second = draws.uniform();
  const SecondDeviceConfig& second_device = config.workload.second_device;
  user->has_second_device = second_device.present && second < second_device.share;
  user->devices[0].session = SessionId{id};
  user->devices[1].session = SessionId{id | second_device_bit};
  user->devices[1].number = 1;
  return *user;
}

sim::Process Crowd::play(User* user) {
  ++user->activities;
  Device& device = user->devices[0];
  Script script{book_, device.session};
  for (std::uint64_t step = 0; step != script.steps(); ++step) {
    if (step != 0) {
      const Duration pause = script.pause_between_steps();
      co_await world_.simulation.delay(pause);
    }
    const std::size_t chosen = script.next_step();
    for (const ScriptBook::Action& action : book_.actions(chosen)) {
      if (action.kind == ActionKind::pause) {
        const Duration pause = script.pause(action);
        co_await world_.simulation.delay(pause);
        continue;
      }
      Operation operation = next_operation(*user, script, action);
      const Ended ended = co_await operate(*user, device, operation);
      if (!is_write(operation.kind) || ended.outcome != Outcome::ok) continue;
      operation.message_token = ended.message_token;
      tell_second_device(*user, operation);
    }
  }
  scripts_.add(script.hash());
  release(user);
}

Crowd::Operation Crowd::next_operation(User& user, Script& script,
                                       const ScriptBook::Action& action) {
  Device& device = user.devices[0];
  const std::uint64_t rank = script.rank(action);
  Operation operation;
  operation.index = device.operations++;
  operation.kind = operation_of(action.kind);
  operation.paths = script.paths(action, operation.index);
  operation.name = name_of_document(user, device, action.data_class, rank);
  operation.document = document(user, device, operation.name);
  return operation;
}

void Crowd::tell_second_device(User& user, Operation written) {
  const Owner owner = world_.config.data[written.name.data_class.value()].owner;
  if (!user.has_second_device || owner != Owner::user) return;
  ++user.activities;
  written.kind = OperationKind::read;
  processes_.start(refetch(&user, written));
}

sim::Process Crowd::refetch(User* user, Operation read) {
  sim::Stream draws{refetch_key_, user->id.value(), read.index};
  const SecondDeviceConfig& config = world_.config.workload.second_device;
  const Duration wait = config.refetch_after.sample_duration(draws);
  co_await world_.simulation.delay(wait);
  co_await operate(*user, user->devices[1], read);
  if (config.updates) {
    sim::Stream further{update_key_, user->id.value(), read.index};
    const Duration pause = config.update_after.sample_duration(further);
    co_await world_.simulation.delay(pause);
    const Operation update = update_after(*user, read);
    co_await operate(*user, user->devices[1], update);
  }
  release(user);
}

Crowd::Operation Crowd::update_after(const User& user, const Operation& read) const {
  Operation update = read;
  update.kind = OperationKind::update;
  update.index |= second_update_bit;
  update.paths = book_.draw_paths(read.name.data_class, 1,
                                  OperationName{user.devices[1].session, update.index});
  return update;
}

DocumentName Crowd::name_of_document(const User& user, const Device& device, DataClassId data_class,
                                     std::uint64_t rank) const {
  switch (world_.config.data[data_class.value()].owner) {
    case Owner::user:
      return {data_class, user.id.value()};
    case Owner::session:
      return {data_class, device.session.value()};
    case Owner::shared:
      break;
  }
  return {data_class, rank};
}

DocumentHandle Crowd::document(User& user, Device& device, const DocumentName& name) {
  const std::uint32_t data_class = name.data_class.value();
  const Owner owner = world_.config.data[data_class].owner;
  if (owner == Owner::shared) return shared_documents_[data_class][name.owner];
  auto& documents = owner == Owner::user ? user.documents : device.documents;
  if (documents.empty()) documents.resize(world_.config.data.size());
  if (!documents[data_class]) documents[data_class] = world_.store.open(name);
  return *documents[data_class];
}

void Crowd::release(User* user) {
  if (--user->activities != 0) return;
  world_.observer.user_left({user->id, world_.simulation.now()});
  // A request that failed, or a token that is published later, may still be under way; by its
  // deadline and a little more it no longer is.
  if (user->has_loose_ends || world_.config.session_token.asynchronous) {
    const Duration until_quiet = world_.config.regions.request_timeout * 2;
    world_.simulation.schedule(until_quiet, [this, user] { forget(user); });
  } else {
    forget(user);
  }
}

void Crowd::forget(User* user) {
  const auto close = [this](const auto& documents) {
    for (const auto& handle : documents) {
      if (handle) world_.store.close(*handle);
    }
  };
  close(user->documents);
  for (const Device& device : user->devices) close(device.documents);
  forget_in_brokers(*user);
  const std::uint32_t slot = user->slot;
  users_[slot].reset();
  free_slots_.push_back(slot);
}

void Crowd::forget_in_brokers(const User& user) {
  for (std::uint32_t r = 0; r != world_.brokers.size(); ++r) {
    Broker* const broker = world_.brokers[r];
    if (broker == nullptr || (RegionId{r} != user.region && !user.was_served_abroad)) continue;
    for (const Device& device : user.devices) {
      for (const Device::Touched& touched : device.touched) {
        broker->forget(BrokerKey::of(device.session, touched.partition));
      }
      // A session's documents bear its number, and a user's that of the first session.
      for (std::uint32_t c = 0; c != world_.config.data.size(); ++c) {
        if (world_.config.data[c].owner == Owner::shared) continue;
        broker->forget(BrokerKey::of(DocumentName{DataClassId{c}, device.session.value()}));
      }
    }
  }
}

}  // namespace seatrial::models
