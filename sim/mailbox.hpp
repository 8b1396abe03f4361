// A queue of messages between processes of one place. Receivers are served in the order in which
// they began to wait; messages in the order in which they were put. A message that was handed to a
// receiver is lost with it when the receiver is killed before it runs on.
//
//   const std::optional<T> message = co_await mailbox.receive();   // nullopt: deadline passed
#pragma once

#include <deque>
#include <optional>
#include <utility>

#include "sim/reply_slot.hpp"

namespace seatrial::sim {

template <class T>
class Mailbox {
 public:
  explicit Mailbox(Simulation& simulation) : simulation_{simulation} {}
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  std::size_t size() const { return messages_.size(); }

  void put(T message) {
    if (first_ == nullptr) {
      messages_.push_back(std::move(message));
      return;
    }
    Awaiter& receiver = *first_;
    unlink(receiver);
    receiver.message_ = std::move(message);
    receiver.end_wait();
  }

  class Awaiter : detail::TimedWait {
   public:
    Awaiter(Mailbox& mailbox, Instant deadline)
        : TimedWait{mailbox.simulation_}, mailbox_{mailbox}, deadline_{deadline} {}
    ~Awaiter() {
      if (is_queued_) mailbox_.unlink(*this);
    }
    bool await_ready() {
      if (mailbox_.messages_.empty()) return false;
      message_ = std::move(mailbox_.messages_.front());
      mailbox_.messages_.pop_front();
      return true;
    }
    void await_suspend(std::coroutine_handle<> process) {
      mailbox_.link(*this);
      suspend(process, deadline_);
    }
    std::optional<T> await_resume() { return std::move(message_); }

   private:
    friend class Mailbox;
    Mailbox& mailbox_;
    Instant deadline_;
    std::optional<T> message_;
    Awaiter* previous_ = nullptr;
    Awaiter* next_ = nullptr;
    bool is_queued_ = false;
  };
  [[nodiscard]] Awaiter receive(Instant deadline = Instant::never()) {
    return Awaiter{*this, deadline};
  }

 private:
  void link(Awaiter& receiver) {
    receiver.previous_ = last_;
    (last_ == nullptr ? first_ : last_->next_) = &receiver;
    last_ = &receiver;
    receiver.is_queued_ = true;
  }
  void unlink(Awaiter& receiver) {
    (receiver.previous_ == nullptr ? first_ : receiver.previous_->next_) = receiver.next_;
    (receiver.next_ == nullptr ? last_ : receiver.next_->previous_) = receiver.previous_;
    receiver.previous_ = receiver.next_ = nullptr;
    receiver.is_queued_ = false;
  }

  Simulation& simulation_;
  std::deque<T> messages_;
  Awaiter* first_ = nullptr;
  Awaiter* last_ = nullptr;
};

}  // namespace seatrial::sim
