// Coroutines of a model. Task<T> is a child: `const T x = co_await child(...);` runs it to its end
// inside the same process. Process is a root: a ProcessGroup starts it and owns it.
//
// `co_await` stands alone (docs/coroutines.md). Frames live in the running simulation's arena.
// Exceptions do not exist inside a run: one that escapes is an assertion.
#pragma once

#include <coroutine>
#include <optional>
#include <utility>

#include "sim/simulation.hpp"

namespace seatrial::sim {

class ProcessGroup;

// The part of every promise that the engine reads through an untyped handle; it must be the first
// base so that it stands at the same place in every frame.
struct PromiseBase {
  std::coroutine_handle<> parent;
  PromiseBase* root = nullptr;
  // Of a root: its group and its neighbours there.
  ProcessGroup* group = nullptr;
  PromiseBase* previous = nullptr;
  PromiseBase* next = nullptr;

  static PromiseBase& of(std::coroutine_handle<> handle) {
    return std::coroutine_handle<PromiseBase>::from_address(handle.address()).promise();
  }

  static void* operator new(std::size_t bytes) {
    return Simulation::current()->arena().allocate(bytes);
  }
  static void operator delete(void* frame, std::size_t bytes) {
    Simulation::current()->arena().deallocate(frame, bytes);
  }
  std::suspend_always initial_suspend() noexcept { return {}; }
  [[noreturn]] void unhandled_exception() noexcept {
    assertion_failed("no exception", __FILE__, __LINE__, "an exception escaped a process");
  }
};

template <class T>
class [[nodiscard]] Task;

namespace detail {

struct ReturnToParent {
  bool await_ready() noexcept { return false; }
  void await_suspend(std::coroutine_handle<> child) noexcept {
    Simulation::current()->hand_over(PromiseBase::of(child).parent);
  }
  void await_resume() noexcept {}
};

template <class T>
struct TaskPromise : PromiseBase {
  std::optional<T> result;
  Task<T> get_return_object();
  ReturnToParent final_suspend() noexcept { return {}; }
  template <class U>
  void return_value(U&& value) {
    result.emplace(std::forward<U>(value));
  }
  T take() { return std::move(*result); }
};

template <>
struct TaskPromise<void> : PromiseBase {
  Task<void> get_return_object();
  ReturnToParent final_suspend() noexcept { return {}; }
  void return_void() {}
  void take() {}
};

}  // namespace detail

template <class T = void>
class [[nodiscard]] Task {
 public:
  using promise_type = detail::TaskPromise<T>;
  using Handle = std::coroutine_handle<promise_type>;

  explicit Task(Handle handle) : handle_{handle} {}
  Task(Task&& other) noexcept : handle_{std::exchange(other.handle_, nullptr)} {}
  Task& operator=(Task&&) = delete;
  ~Task() {
    if (handle_) handle_.destroy();
  }

  bool await_ready() const { return false; }
  template <class ParentPromise>
  void await_suspend(std::coroutine_handle<ParentPromise> parent) {
    handle_.promise().parent = parent;
    handle_.promise().root = parent.promise().root;
    Simulation::current()->hand_over(handle_);
  }
  T await_resume() { return handle_.promise().take(); }

 private:
  Handle handle_;
};

namespace detail {
template <class T>
Task<T> TaskPromise<T>::get_return_object() {
  static_assert(alignof(TaskPromise) <= 16, "the engine finds a promise at a fixed place");
  return Task<T>{std::coroutine_handle<TaskPromise>::from_promise(*this)};
}
inline Task<void> TaskPromise<void>::get_return_object() {
  return Task<void>{std::coroutine_handle<TaskPromise>::from_promise(*this)};
}
}  // namespace detail

class [[nodiscard]] Process {
 public:
  struct promise_type : PromiseBase {
    struct Finish {
      bool await_ready() noexcept { return false; }
      void await_suspend(std::coroutine_handle<> root) noexcept {
        Simulation::current()->finished(root);
      }
      void await_resume() noexcept {}
    };
    Process get_return_object() {
      root = this;
      return Process{std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    Finish final_suspend() noexcept { return {}; }
    void return_void() {}
  };
  using Handle = std::coroutine_handle<promise_type>;

  explicit Process(Handle handle) : handle_{handle} {}
  Process(Process&& other) noexcept : handle_{std::exchange(other.handle_, nullptr)} {}
  Process& operator=(Process&&) = delete;
  ~Process() {
    if (handle_) handle_.destroy();
  }
  Handle release() { return std::exchange(handle_, nullptr); }

 private:
  Handle handle_;
};

}  // namespace seatrial::sim
